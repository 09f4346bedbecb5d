import { addWords } from "../i18n";
import en from "../locales/en/hygiene.json";
import zh from "../locales/zh-Hant/hygiene.json";

// Only supervisors tidy numbers: the words come with the page.
addWords({ "zh-Hant": zh, en });
