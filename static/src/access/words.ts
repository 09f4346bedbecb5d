import { addWords } from "../i18n";
import en from "../locales/en/access.json";
import zh from "../locales/zh-Hant/access.json";

addWords({ "zh-Hant": zh, en });
