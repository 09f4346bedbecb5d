import { addWords } from "../i18n";
import en from "../locales/en/segments.json";
import zh from "../locales/zh-Hant/segments.json";

addWords({ "zh-Hant": zh, en });
