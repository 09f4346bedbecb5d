import type { TFunction } from "i18next";
import {
  CircleAlert,
  Contact,
  FileText,
  Image,
  LayoutTemplate,
  type LucideIcon,
  MapPin,
  Mic,
  MousePointerClick,
  ShoppingBag,
  SmilePlus,
  Sticker,
  Video,
} from "lucide-react";
import type { Conversation, LastMessage, MessageKind } from "../api/types";

const ICONS: Partial<Record<MessageKind, LucideIcon>> = {
  image: Image,
  video: Video,
  audio: Mic,
  document: FileText,
  sticker: Sticker,
  location: MapPin,
  contacts: Contact,
  interactive: MousePointerClick,
  button: MousePointerClick,
  template: LayoutTemplate,
  order: ShoppingBag,
  unsupported: CircleAlert,
  reaction: SmilePlus,
};

export function previewIcon(kind: MessageKind): LucideIcon | null {
  return ICONS[kind] ?? null;
}

/** Who wrote it, before the words: nothing for the customer, "You" for oneself. */
export function previewAuthor(message: LastMessage, myName: string, t: TFunction): string | null {
  if (message.direction === "in") return null;
  if (message.author_name === null) return null;
  return message.author_name === myName ? t("inbox.you") : message.author_name;
}

export function previewText(message: LastMessage, t: TFunction): string {
  if (message.revoked) return t(message.direction === "in" ? "inbox.revoked" : "inbox.revokedByUs");
  return message.text.trim() || t(`kind.${message.kind}`);
}

/** Why nothing is quoted: there is nothing yet, or it is older than this person may read. */
export function noPreview(conversation: Conversation, t: TFunction): string {
  const { reads_back_to, last_activity_at } = conversation;
  const older = reads_back_to !== null && Date.parse(last_activity_at) < Date.parse(reads_back_to);
  return t(older ? "inbox.olderMessages" : "inbox.noMessages");
}

/** Inbound messages this agent has not read; null when only the server knows. */
export function unreadOf({ inbound_count, read_count }: Conversation): number | null {
  return read_count === null ? null : Math.max(0, inbound_count - read_count);
}

/** Unknown counts as unread while the customer waits for an answer. */
export function isUnread(conversation: Conversation): boolean {
  const unread = unreadOf(conversation);
  return unread === null ? conversation.last_message?.direction === "in" : unread > 0;
}

const CLOSING_SOON_MS = 2 * 60 * 60_000;

export type WindowHint = { state: "closed" } | { state: "closing"; ms: number } | null;

/** Said only when it matters: the 24-hour window is about to close, or has closed. */
export function windowHint(conversation: Conversation, now: number): WindowHint {
  if (conversation.state === "resolved" || !conversation.window_closes_at) return null;
  const left = Date.parse(conversation.window_closes_at) - now;
  if (left <= 0) return { state: "closed" };
  return left <= CLOSING_SOON_MS ? { state: "closing", ms: left } : null;
}

const LONG_MS = 60 * 60_000;
const SOME_TIME_MS = 5 * 60_000;

/**
 * How long the customer has been waiting for an answer. Null while the time beside it says as much:
 * up to an hour, unless they have written again since.
 */
export function waitedMs(conversation: Conversation, now: number): number | null {
  const { state, waiting_since, last_activity_at } = conversation;
  if (state !== "open" || !waiting_since) return null;
  const since = Date.parse(waiting_since);
  const waited = now - since;
  const wroteAgain = Date.parse(last_activity_at) - since >= 60_000;
  return waited >= LONG_MS || (waited >= SOME_TIME_MS && wroteAgain) ? waited : null;
}

/** A lock ends by itself, told or not. */
export function isLocked({ lock }: Conversation, now: number): boolean {
  return lock !== null && Date.parse(lock.until) > now;
}

export type DueHint = { level: "calm" | "soon" | "late"; ms: number } | null;

/** How long there is to keep a promise, or how late it is: said in its last hour, and while it is at risk. */
export function dueHint(conversation: Conversation, now: number): DueHint {
  const { state, due_at, risk_at } = conversation;
  if (state !== "open" || due_at === null || risk_at === null) return null;
  const ms = Date.parse(due_at) - now;
  if (ms <= 0) return { level: "late", ms };
  if (Date.parse(risk_at) <= now) return { level: "soon", ms };
  return ms <= LONG_MS ? { level: "calm", ms } : null;
}
