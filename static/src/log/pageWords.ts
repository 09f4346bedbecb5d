import { addWords } from "../i18n";
import en from "../locales/en/logPage.json";
import zh from "../locales/zh-Hant/logPage.json";

// Only supervisors open this page: its words come with it.
addWords({ "zh-Hant": zh, en });

/** The subjects one can filter by. */
export const GROUPS = Object.keys(en.log.group) as (keyof typeof en.log.group)[];
