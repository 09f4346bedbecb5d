import { addWords } from "../i18n";
import en from "../locales/en/tier.json";
import zh from "../locales/zh-Hant/tier.json";

addWords({ "zh-Hant": zh, en });
