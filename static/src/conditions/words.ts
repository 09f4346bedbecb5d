import { addWords } from "../i18n";
import en from "../locales/en/conditions.json";
import zh from "../locales/zh-Hant/conditions.json";

addWords({ "zh-Hant": zh, en });
