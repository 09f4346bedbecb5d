import type { TFunction } from "i18next";
import type { Pause } from "../api/types";

type WordsByLanguage = Record<string, Record<string, string>>;

/** The reader's of the words that the server tells in every language. */
export function wordsOf(words: WordsByLanguage, locale: string) {
  const own = words[locale === "en" ? "en" : "zh-hant"] ?? words.en ?? {};
  return { message: own.message ?? "", remedy: own.remedy ?? "" };
}

/** Of the pauses that stop everything (or else templates) the one that ends last: until then nothing goes. */
export function lastPause(pauses: readonly Pause[]): Pause | undefined {
  const stopping = pauses.filter(({ scope }) => scope === "all");
  const end = ({ until }: Pause) => (until ? Date.parse(until) : Number.POSITIVE_INFINITY);
  return [...(stopping.length > 0 ? stopping : pauses)].sort((a, b) => end(b) - end(a))[0];
}

/** After a throttling: how many were sent shortly before, and whether that is more than one should. */
export function burstWords(pause: Pause, t: TFunction): string {
  if (pause.sent_before === null) return "";
  const numbers = {
    count: pause.sent_before,
    most: pause.burst_messages,
    minutes: pause.burst_minutes,
  };
  return t(pause.burst ? "channels.sending.burst" : "channels.sending.noBurst", numbers);
}

/** What WhatsApp's judgement means at a glance. */
export function toneOf(value: string): "good" | "warning" | "danger" | undefined {
  if (/^(GREEN|AVAILABLE|CONNECTED|APPROVED|HIGH|REINSTATE)$/.test(value)) return "good";
  if (/^(YELLOW|LIMITED|PENDING.*|DEFERRED|SCHEDULE_FOR_DISABLE|FLAGGED)$/.test(value))
    return "warning";
  if (/^(RED|BLOCKED|REJECTED|DECLINED|DISABLE|BANNED|PROBLEM|DISCONNECTED)$/.test(value))
    return "danger";
  return undefined;
}

/** How many people may be written to first: Meta spells 2,000 as TIER_2K, or as the number itself. */
export function limitWords(value: string, t: TFunction): string {
  const limit = /^(?:TIER_)?(\d+)(K?)$/.exec(value);
  if (!limit) return valueWords(value, t);
  return t("channels.value.people", { n: limit[1] + (limit[2] ? ",000" : "") });
}

/** A value of Meta's in the reader's words; itself where we have none. */
export function valueWords(value: string, t: TFunction): string {
  return t(`channels.value.${value}`, { defaultValue: value });
}
