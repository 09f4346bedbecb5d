import { addWords } from "../../i18n";
import en from "../../locales/en/exchange.json";
import zh from "../../locales/zh-Hant/exchange.json";

addWords({ "zh-Hant": zh, en });
