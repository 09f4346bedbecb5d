// Runs before the first paint, so that neither theme nor language flickers. Shared through `window.demoPhone`.
(() => {
  const read = (name) => {
    try {
      return localStorage.getItem(`demo-phone.${name}`);
    } catch {
      return null; // storage may be forbidden
    }
  };
  const asked = new URLSearchParams(location.search);
  const root = document.documentElement;
  const theme = asked.get("theme") ?? read("theme");
  const language = asked.get("lang") ?? read("language") ?? "zh-hant";
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  root.lang = language.toLowerCase().startsWith("en") ? "en" : "zh-Hant";
  window.demoPhone = {
    language: root.lang === "en" ? "en" : "zh-hant",
    keep(name, value) {
      try {
        localStorage.setItem(`demo-phone.${name}`, value);
      } catch {
        // The choice then lasts as long as the page.
      }
    },
  };
})();
