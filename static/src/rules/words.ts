import { addWords } from "../i18n";
import en from "../locales/en/rulesPage.json";
import zh from "../locales/zh-Hant/rulesPage.json";
import "../conditions/words";

// Only seniors and up open this page: its words come with it.
addWords({ "zh-Hant": zh, en });
