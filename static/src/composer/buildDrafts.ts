import type { Author, Message, Quoted, Upload } from "../api/types";
import type { Source } from "../quick/sources";
import { wordsOf } from "../thread/message/describe";
import type { Draft } from "../thread/waiting";
import type { Attachment } from "./attachments";
import { takesCaption } from "./files";

export interface Outgoing {
  draft: Draft;
  attachmentKey: string | null;
  preview: string | null;
}

interface Parts {
  conversationId: string;
  author: Author;
  text: string;
  attachments: readonly Attachment[];
  replyTo: Message | null;
  /** The canned reply the text came from: it is counted, and its buttons go along. */
  source?: Source | null;
}

type Ready = Extract<Attachment, { state: "ready" }>;

export function quotedOf(message: Message): Quoted {
  return {
    id: message.id,
    kind: message.kind,
    direction: message.direction,
    text: wordsOf(message.content),
    author_name: message.author?.name ?? null,
  };
}

export function mediaOf(upload: Upload, preview: string | null) {
  return {
    id: upload.id,
    state: "ready" as const,
    kind: upload.kind,
    mime_type: upload.mime_type,
    size: upload.size,
    name: upload.name,
    width: upload.width,
    height: upload.height,
    url: preview ?? "",
    thumbnail_url: null,
  };
}

/** True when the composer's text goes as the caption of the one file. */
export function textIsCaption(attachments: readonly Attachment[]): boolean {
  const [only] = attachments;
  return attachments.length === 1 && !!only?.kind && takesCaption(only.kind);
}

/**
 * What one press of "send" sends, in order: each file, then the text. A single file that can have a
 * caption takes the text along. Only the first of them quotes.
 */
export function buildDrafts({
  conversationId,
  author,
  text,
  attachments,
  replyTo,
  source = null,
}: Parts): Outgoing[] {
  const ready = attachments.filter((item): item is Ready => item.state === "ready");
  const buttons = source?.buttons ?? [];
  const asCaption = textIsCaption(ready) && buttons.length === 0;
  const words = text.trim();
  const counted = source ? { canned_reply: source.id } : {};
  const base = (index: number) => ({
    conversationId,
    author,
    quoted: index === 0 && replyTo ? quotedOf(replyTo) : null,
  });
  const replyId = (index: number) => (index === 0 && replyTo ? { reply_to: replyTo.id } : {});
  const files = ready.map(({ key, upload, preview, caption, voice }, index): Outgoing => {
    const line = (asCaption ? words : caption.trim()) || undefined;
    const asVoice = voice ? { voice } : {};
    const content = { media: mediaOf(upload, preview), text: line, ...asVoice };
    const body = {
      type: upload.kind,
      upload: upload.id,
      ...asVoice,
      ...(line ? { text: line } : {}),
      ...(asCaption && line ? counted : {}),
      ...replyId(index),
    };
    return { draft: { ...base(index), body, content }, attachmentKey: key, preview };
  });
  if (!words || asCaption) return files;
  const said = { ...counted, ...replyId(files.length) };
  const draft = { ...base(files.length), ...wordsAs(words, buttons, said) };
  return [...files, { draft, attachmentKey: null, preview: null }];
}

/** A text; with buttons, what the customer can press. */
function wordsAs(words: string, buttons: readonly string[], said: object) {
  if (buttons.length === 0) {
    return {
      body: { type: "text", text: words, ...said } as Draft["body"],
      content: { text: words } as Draft["content"],
    };
  }
  const pressed = { type: "button", text: words, buttons: buttons.map((title) => ({ title })) };
  return {
    body: { type: "interactive", interactive: pressed, ...said } as Draft["body"],
    content: pressed as Draft["content"],
  };
}
