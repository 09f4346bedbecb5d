import { addWords } from "../i18n";
import en from "../locales/en/sessions.json";
import zh from "../locales/zh-Hant/sessions.json";

// Seldom asked for: its words come with it.
addWords({ "zh-Hant": zh, en });
