import { addWords } from "../i18n";
import en from "../locales/en/risk.json";
import zh from "../locales/zh-Hant/risk.json";

// They come with the banner and the dialogs that need them.
addWords({ "zh-Hant": zh, en });
