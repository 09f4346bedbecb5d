import { addWords } from "../i18n";
import en from "../locales/en/settings.json";
import zh from "../locales/zh-Hant/settings.json";

// What is said on the pages of the settings comes with the code that says it.
addWords({ "zh-Hant": zh, en });
