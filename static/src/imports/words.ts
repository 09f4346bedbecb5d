import { addWords } from "../i18n";
import en from "../locales/en/imports.json";
import zh from "../locales/zh-Hant/imports.json";

// Only supervisors import: the words come with the page.
addWords({ "zh-Hant": zh, en });
