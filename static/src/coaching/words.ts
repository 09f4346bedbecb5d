import { addWords } from "../i18n";
import en from "../locales/en/coaching.json";
import zh from "../locales/zh-Hant/coaching.json";

addWords({ "zh-Hant": zh, en });
