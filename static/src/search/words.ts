import { addWords } from "../i18n";
import en from "../locales/en/searchPage.json";
import zh from "../locales/zh-Hant/searchPage.json";

addWords({ "zh-Hant": zh, en });
