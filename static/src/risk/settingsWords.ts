import { addWords } from "../i18n";
import en from "../locales/en/riskSettings.json";
import zh from "../locales/zh-Hant/riskSettings.json";

// Only supervisors open this page: its words come with it.
addWords({ "zh-Hant": zh, en });
