// A passkey in place of a code: shown to the API, which notes it in this session. Browsers know passkeys for names over
// HTTPS and for localhost only.
const ask = async (path, body) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(`/api/v1/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body ?? {}),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

const show = async () => {
  const { options } = await ask("session/passkey/options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const shown = await navigator.credentials.get({ publicKey });
  await ask("session/factor/passkey", { credential: shown.toJSON() });
};

for (const button of document.querySelectorAll("[data-kefu-passkey]")) {
  const status = button.parentElement.querySelector("[data-kefu-passkey-done]");
  button.hidden = !globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON;
  button.addEventListener("click", async () => {
    try {
      await show();
      if (button.dataset.kefuOnward) location.assign(button.dataset.kefuOnward);
      else status.textContent = status.dataset.kefuPasskeyDone;
    } catch {
      status.textContent = status.dataset.kefuPasskeyFailed;
    }
  });
}
