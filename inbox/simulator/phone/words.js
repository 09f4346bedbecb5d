// The words of the page in both languages.
const tables = {};
let language = window.demoPhone.language;

export async function loadWords(wanted = language) {
  if (!tables[wanted]) {
    const answer = await fetch(`/phone/words.${wanted}.json`);
    tables[wanted] = await answer.json();
  }
  language = wanted;
  document.documentElement.lang = wanted === "en" ? "en" : "zh-Hant";
  window.demoPhone.keep("language", wanted);
}

export const currentLanguage = () => language;

/** The text of a key; {name} parts are filled from `values`. */
export function t(key, values = {}) {
  const text = tables[language]?.[key];
  if (typeof text !== "string") return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const list = (key) => tables[language]?.[key] ?? [];

const locale = () => (language === "en" ? "en-GB" : "zh-TW");

export const timeOf = (iso) => new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit", hour12: false }).format(new Date(iso));

export const dayKey = (iso) => new Date(iso).toDateString();

export function dayOf(iso) {
  const day = new Date(iso);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return new Intl.DateTimeFormat(locale(), { dateStyle: days < 300 ? undefined : "medium", ...(days < 300 && { month: "long", day: "numeric", weekday: "short" }) }).format(day);
}

/** Short: the time today, otherwise the date. */
export function momentOf(iso) {
  if (dayKey(iso) === new Date().toDateString()) return timeOf(iso);
  return new Intl.DateTimeFormat(locale(), { month: "numeric", day: "numeric" }).format(new Date(iso));
}
