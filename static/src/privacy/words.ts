import { addWords } from "../i18n";
import en from "../locales/en/privacy.json";
import zh from "../locales/zh-Hant/privacy.json";

// Few people ever open these: the words come with the dialogs.
addWords({ "zh-Hant": zh, en });
