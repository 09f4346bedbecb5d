import { addWords } from "../i18n";
import en from "../locales/en/assigning.json";
import zh from "../locales/zh-Hant/assigning.json";

// They come with the page and the dialog that need them.
addWords({ "zh-Hant": zh, en });
