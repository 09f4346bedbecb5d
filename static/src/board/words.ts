import { addWords } from "../i18n";
import en from "../locales/en/board.json";
import zh from "../locales/zh-Hant/board.json";

// Only supervisors open the board: its words come with it.
addWords({ "zh-Hant": zh, en });
