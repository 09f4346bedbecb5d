import { addWords } from "../i18n";
import en from "../locales/en/card.json";
import zh from "../locales/zh-Hant/card.json";

// What is said on a contact's card, and of tags, comes with the code that says it.
addWords({ "zh-Hant": zh, en });
