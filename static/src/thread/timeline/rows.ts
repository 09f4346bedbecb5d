// The rows of the thread: day dividers and the unread divider are rows of their own, otherwise the
// virtual list jumps when older messages are put in front.
import type { Handover, InternalNote, Message } from "../../api/types";
import { dayKey } from "./clock";

export interface MessageRow {
  type: "message";
  key: string;
  message: Message;
  /** First and last of a group of the same author's messages within five minutes. */
  first: boolean;
  last: boolean;
}

/** What colleagues said to each other at a moment of the thread. */
export type Aside =
  | { type: "note"; at: string; note: InternalNote }
  | { type: "handover"; at: string; handover: Handover };

export type Row =
  | MessageRow
  | (Aside & { key: string })
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
  /** Oldest first. */
  asides?: readonly Aside[];
  /** There are older messages that are not loaded: what was said beside those is not shown yet. */
  hasOlder?: boolean;
}

function keyOfAside(aside: Aside): string {
  return aside.type === "note" ? `note:${aside.note.id}` : `handover:${aside.handover.id}`;
}

/** `messages` oldest first. */
export function toRows(messages: readonly Message[], options: RowOptions): Row[] {
  const rows = rowsAbove(options);
  const shown = messages.filter((message) => message.kind !== "reaction");
  const asides = asidesIn(shown, options);
  let previous: Message | undefined;
  let previousDay = "";
  let open: MessageRow | undefined;
  const newDay = (at: string): boolean => {
    const day = dayKey(at, options.timeZone);
    if (day === previousDay) return false;
    rows.push({ type: "day", key: `day:${day}`, at });
    previousDay = day;
    return true;
  };
  /** What colleagues said before `at` stands before it, and ends a group of messages. */
  const sayAsides = (at: number) => {
    for (let next = asides[0]; next && Date.parse(next.at) < at; next = asides[0]) {
      newDay(next.at);
      rows.push({ ...next, key: keyOfAside(next) });
      asides.shift();
      if (open) open.last = true;
      previous = open = undefined;
    }
  };
  for (const message of shown) {
    sayAsides(Date.parse(message.at));
    const breaks = newDay(message.at) || message.id === options.unreadFrom;
    if (message.id === options.unreadFrom) {
      rows.push({ type: "unread", key: "unread", count: options.unreadCount });
    }
    const joins = !breaks && sameGroup(previous, message);
    if (open) open.last = !joins;
    open = { type: "message", key: keyOf(message), message, first: !joins, last: true };
    rows.push(open);
    previous = message;
  }
  sayAsides(Number.POSITIVE_INFINITY);
  return rows;
}

function rowsAbove({ hiddenIn }: RowOptions): Row[] {
  return hiddenIn ? [{ type: "hidden", key: "hidden", conversationId: hiddenIn }] : [];
}

function asidesIn(messages: readonly Message[], { asides = [], hasOlder }: RowOptions): Aside[] {
  const from = hasOlder && messages[0] ? Date.parse(messages[0].at) : Number.NEGATIVE_INFINITY;
  return asides.filter(({ at }) => Date.parse(at) >= from);
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
