// What the admin pages need besides the theme: copying what is shown once, and going to what was refused.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-kefu-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.kefuCopy);
  const status = document.querySelector("[data-kefu-copied]");
  const say = () => {
    if (status) status.textContent = status.dataset.kefuCopied;
  };
  field.select();
  // Without HTTPS there is no clipboard but the old way.
  if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(say, () => {});
  else if (document.execCommand("copy")) say();
});

// A refusal may stand far below the button that was pressed.
document.addEventListener("DOMContentLoaded", () => {
  const first = document.querySelector("#content ul.errorlist");
  if (first) first.scrollIntoView({ block: "center" });
});

// The theme's menus open by links that lead nowhere: the keyboard reaches and opens them too.
document.addEventListener("DOMContentLoaded", () => {
  for (const opener of document.querySelectorAll("a[x-on\\:click]:not([href])")) {
    opener.tabIndex = 0;
    opener.setAttribute("role", "button");
    opener.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      opener.click();
    });
  }
});

// A long form is written without asking for any page: that somebody is there is said meanwhile, once a minute at most.
let saidAt = Date.now();
const sayAlive = (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!event.isTrusted || !token || Date.now() - saidAt < 60_000) return;
  saidAt = Date.now();
  fetch("/api/v1/session/alive", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ idle_seconds: 0 }),
  }).catch(() => {});
};
for (const deed of ["keydown", "pointerdown"]) document.addEventListener(deed, sayAlive, { passive: true });
