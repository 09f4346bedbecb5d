import { addWords } from "../i18n";
import en from "../locales/en/consentSettings.json";
import zh from "../locales/zh-Hant/consentSettings.json";

// Only supervisors open this page: its words come with it.
addWords({ "zh-Hant": zh, en });
