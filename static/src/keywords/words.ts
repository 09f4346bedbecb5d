import { addWords } from "../i18n";
import en from "../locales/en/keywords.json";
import zh from "../locales/zh-Hant/keywords.json";

// Only supervisors open the keywords: their words come with them.
addWords({ "zh-Hant": zh, en });
