import { addWords } from "../i18n";
import en from "../locales/en/together.json";
import zh from "../locales/zh-Hant/together.json";

// What is said of working on conversations together comes with the code that says it.
addWords({ "zh-Hant": zh, en });
