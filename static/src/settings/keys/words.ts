import { addWords } from "../../i18n";
import en from "../../locales/en/keysPage.json";
import zh from "../../locales/zh-Hant/keysPage.json";

addWords({ "zh-Hant": zh, en });
