import { addWords } from "../i18n";
import en from "../locales/en/signIn.json";
import zh from "../locales/zh-Hant/signIn.json";

// Whoever is signed in already does without.
addWords({ "zh-Hant": zh, en });
