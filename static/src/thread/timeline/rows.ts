// The rows of the thread: day dividers and the unread divider are rows of their own, otherwise the
// virtual list jumps when older messages are put in front.
import type { Message } from "../../api/types";
import { dayKey } from "./clock";

export interface MessageRow {
  type: "message";
  key: string;
  message: Message;
  /** First and last of a group of the same author's messages within five minutes. */
  first: boolean;
  last: boolean;
}

export type Row =
  | MessageRow
  | { type: "day"; key: string; at: string }
  | { type: "unread"; key: string; count: number }
  /** Above the first message this person may read: there are older ones. */
  | { type: "hidden"; key: string; conversationId: string };

const groupWithinMs = 5 * 60 * 1000;

/** The same before and after the server answered, so a bubble is not drawn anew. */
export function keyOf(message: Message): string {
  return message.direction === "out" && message.client_ref ? message.client_ref : message.id;
}

function isNotice(message: Message): boolean {
  return message.kind === "system";
}

function sameGroup(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || isNotice(a) || isNotice(b)) return false;
  if (a.direction !== b.direction || (a.author?.id ?? null) !== (b.author?.id ?? null))
    return false;
  return Math.abs(Date.parse(b.at) - Date.parse(a.at)) < groupWithinMs;
}

export interface RowOptions {
  timeZone: string;
  /** The message above which "unread" is written, if any. */
  unreadFrom: string | null;
  unreadCount: number;
  /** The conversation whose older messages are hidden, when all that may be read is loaded. */
  hiddenIn?: string | null;
}

/** `messages` oldest first. */
export function toRows(messages: readonly Message[], options: RowOptions): Row[] {
  const rows: Row[] = options.hiddenIn
    ? [{ type: "hidden", key: "hidden", conversationId: options.hiddenIn }]
    : [];
  const shown = messages.filter((message) => message.kind !== "reaction");
  let previous: Message | undefined;
  let previousDay = "";
  let open: MessageRow | undefined;
  for (const message of shown) {
    const day = dayKey(message.at, options.timeZone);
    const breaks = day !== previousDay || message.id === options.unreadFrom;
    if (day !== previousDay) rows.push({ type: "day", key: `day:${day}`, at: message.at });
    if (message.id === options.unreadFrom) {
      rows.push({ type: "unread", key: "unread", count: options.unreadCount });
    }
    const joins = !breaks && sameGroup(previous, message);
    if (open) open.last = !joins;
    open = { type: "message", key: keyOf(message), message, first: !joins, last: true };
    rows.push(open);
    previous = message;
    previousDay = day;
  }
  return rows;
}

/** The id of the n-th last incoming message: there the unread part begins. Null when it is not loaded. */
export function unreadStart(messages: readonly Message[], unread: number): string | null {
  let left = unread;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index] as Message;
    if (message.direction !== "in" || message.kind === "reaction") continue;
    left -= 1;
    if (left === 0) return message.id;
  }
  return null;
}
