import type { TFunction } from "i18next";
import type { Message, MessageContent, MessageKind } from "../../api/types";
import { parseMarkup, plainOf } from "../text/markup";

/** One line that says what a message is, for quotes, the clipboard and screen readers. */
export function summary(kind: MessageKind, text: string, t: TFunction): string {
  const line = plainOf(parseMarkup(text)).replace(/\s+/g, " ").trim();
  if (kind === "text" || kind === "button" || kind === "template")
    return line || t(`thread.kind.${kind}`);
  return line ? `${t(`thread.kind.${kind}`)} · ${line}` : t(`thread.kind.${kind}`);
}

/** The words of a message: its text or caption, else what names it. */
export function wordsOf(content: MessageContent): string {
  return content.text || content.title || content.name || content.address || "";
}

/** What "copy" puts on the clipboard. */
export function copyable(message: Message): string {
  const { content } = message;
  if (message.kind === "location") {
    const place = [content.name, content.address].filter(Boolean).join("\n");
    return [place, `${content.latitude}, ${content.longitude}`].filter(Boolean).join("\n");
  }
  if (message.kind === "contacts") {
    return (content.contacts ?? [])
      .map((card) => [card.name, ...card.phones, ...card.emails].join("\n"))
      .join("\n\n");
  }
  return [content.header, wordsOf(content), content.footer].filter(Boolean).join("\n");
}

export function authorOf(message: Message, contactName: string, t: TFunction): string {
  if (message.direction === "in") return contactName;
  const { origin } = message.content;
  if (origin) return t(`thread.author.${origin}`);
  return message.author?.name ?? t("thread.author.automatic");
}
