import type { Message, WireMessage } from "./types";

/**
 * Why a message failed comes in every language at once, because one event of the stream reaches
 * readers of all. Here the reader's is chosen: `error.message` and `error.remedy`.
 */
export function inOwnWords(message: WireMessage | Message, locale: string): Message {
  if (!message.error?.words) return message as Message;
  const { error } = message;
  const words: WordsByLanguage = error.words ?? {};
  const own = words[locale === "en" ? "en" : "zh-hant"] ?? words.en ?? words["zh-hant"];
  return {
    ...message,
    error: { ...error, message: own?.message ?? error.code, remedy: own?.remedy || null },
  };
}

type WordsByLanguage = Record<string, Record<string, string>>;
