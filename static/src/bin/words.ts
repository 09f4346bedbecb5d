import { addWords } from "../i18n";
import en from "../locales/en/binPage.json";
import zh from "../locales/zh-Hant/binPage.json";

// Only supervisors delete: the words come with the page and the dialog.
addWords({ "zh-Hant": zh, en });
