import i18n from "i18next";
import { initReactI18next } from "react-i18next";
import type { Language } from "./api/types";
import enChannels from "./locales/en/channels.json";
import enCommon from "./locales/en/common.json";
import enContacts from "./locales/en/contacts.json";
import enInbox from "./locales/en/inbox.json";
import enSession from "./locales/en/session.json";
import zhChannels from "./locales/zh-Hant/channels.json";
import zhCommon from "./locales/zh-Hant/common.json";
import zhContacts from "./locales/zh-Hant/contacts.json";
import zhInbox from "./locales/zh-Hant/inbox.json";
import zhSession from "./locales/zh-Hant/session.json";

// One file per feature, merged: keys are told apart by their first part, as in t("inbox.view.mine"). What the first
// paint can do without comes with its own piece of code (see `thread/words.ts`).
export const resources = {
  "zh-Hant": {
    translation: { ...zhCommon, ...zhInbox, ...zhContacts, ...zhSession, ...zhChannels },
  },
  en: {
    translation: { ...enCommon, ...enInbox, ...enContacts, ...enSession, ...enChannels },
  },
};

export type Locale = keyof typeof resources;

const WRITTEN_CLOSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uff60]/u;
const STORED_LOCALE = "kefu.locale";
const PICKED_LANGUAGE = "kefu.language.picked";

export function localeOf(language: Language): Locale {
  return language === "en" ? "en" : "zh-Hant";
}

export function languageOf(locale: string): Language {
  return locale === "en" ? "en" : "zh-hant";
}

function firstLocale(): Locale {
  return localStorage.getItem(STORED_LOCALE) === "en" ? "en" : "zh-Hant";
}

i18n.use(initReactI18next).init({
  resources,
  lng: firstLocale(),
  fallbackLng: "zh-Hant",
  interpolation: { escapeValue: false },
  // Translations are in the bundle, so the first paint is already in the right language.
  initAsync: false,
});

/** The words of a piece of code that is loaded later. */
export function addWords(words: Record<Locale, object>): void {
  for (const [locale, tree] of Object.entries(words)) {
    i18n.addResourceBundle(locale, "translation", tree, true, true);
  }
}

/** `{{name, spaced}}` between Chinese words: a Latin name stands off them by a space, a Chinese one does not. */
i18n.services.formatter?.add(
  "spaced",
  (name: string) => `${gap(name.slice(0, 2))}${name}${gap(name.slice(-2))}`,
);

/** `{{name, led}}` where a Chinese mark or nothing follows: those bring their own room. */
i18n.services.formatter?.add("led", (name: string) => `${gap(name.slice(0, 2))}${name}`);

function gap(edge: string): string {
  return WRITTEN_CLOSE.test(edge) ? "" : " ";
}

function follow(locale: string): void {
  document.documentElement.lang = locale;
  localStorage.setItem(STORED_LOCALE, locale);
}

i18n.on("languageChanged", follow);
document.documentElement.lang = i18n.language;

/** Switches at once. Remembered until the account knows, so that leaving the page meanwhile loses nothing. */
export function pickLanguage(language: Language): void {
  localStorage.setItem(PICKED_LANGUAGE, language);
  i18n.changeLanguage(localeOf(language));
}

/** The language picked in this browser that the account has not confirmed yet. */
export function pickedLanguage(): Language | null {
  const picked = localStorage.getItem(PICKED_LANGUAGE);
  return picked === null ? null : languageOf(picked);
}

export function forgetPickedLanguage(): void {
  localStorage.removeItem(PICKED_LANGUAGE);
}

export default i18n;
