import { addWords } from "../i18n";
import en from "../locales/en/channelPage.json";
import zh from "../locales/zh-Hant/channelPage.json";
import "../thread/words"; // how far a test message got is said as in a thread

// Only supervisors open this page: its words come with it.
addWords({ "zh-Hant": zh, en });
