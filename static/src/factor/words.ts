import { addWords } from "../i18n";
import en from "../locales/en/factor.json";
import zh from "../locales/zh-Hant/factor.json";

// Seldom asked for: its words come with it.
addWords({ "zh-Hant": zh, en });
