// The words of the thread and its composer: they come with that code, not before the list is drawn.
import { addWords } from "../i18n";
import enCompose from "../locales/en/compose.json";
import enThread from "../locales/en/thread.json";
import zhCompose from "../locales/zh-Hant/compose.json";
import zhThread from "../locales/zh-Hant/thread.json";

addWords({ en: { ...enThread, ...enCompose }, "zh-Hant": { ...zhThread, ...zhCompose } });
