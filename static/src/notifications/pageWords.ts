import { addWords } from "../i18n";
import "../access/words";
import en from "../locales/en/notifications.json";
import zh from "../locales/zh-Hant/notifications.json";

// What notifications say comes with the code that shows them.
addWords({ "zh-Hant": zh, en });
