// What Kefu's own admin pages need besides the theme: copying what is shown once, and saying that it was copied.
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
