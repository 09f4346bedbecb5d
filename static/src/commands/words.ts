import { addWords } from "../i18n";
import en from "../locales/en/commands.json";
import zh from "../locales/zh-Hant/commands.json";

// The palette and the sheet are opened, not drawn first: their words come with them.
addWords({ "zh-Hant": zh, en });
