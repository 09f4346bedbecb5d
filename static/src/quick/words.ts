import { addWords } from "../i18n";
import en from "../locales/en/quick.json";
import zh from "../locales/zh-Hant/quick.json";

// What is said of prepared texts, macros and replies for later comes with the code that says it.
addWords({ "zh-Hant": zh, en });
