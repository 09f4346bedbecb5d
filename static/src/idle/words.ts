import { addWords } from "../i18n";
import en from "../locales/en/idle.json";
import zh from "../locales/zh-Hant/idle.json";

// Seldom asked for: its words come with it.
addWords({ "zh-Hant": zh, en });
