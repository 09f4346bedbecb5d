import { addWords } from "../i18n";
import en from "../locales/en/servicePage.json";
import zh from "../locales/zh-Hant/servicePage.json";

// Only supervisors open this page: its words come with it.
addWords({ "zh-Hant": zh, en });
