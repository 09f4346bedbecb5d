import { addWords } from "../i18n";
import enNotes from "../locales/en/notes.json";
import en from "../locales/en/together.json";
import zhNotes from "../locales/zh-Hant/notes.json";
import zh from "../locales/zh-Hant/together.json";

// What is said of working on conversations together comes with the code that says it.
addWords({ "zh-Hant": { ...zh, ...zhNotes }, en: { ...en, ...enNotes } });
