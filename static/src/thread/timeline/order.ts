// Pages of messages put into one ordered list, whatever order pages and live events came in.
import type { Message, Page } from "../../api/types";
import { oldestFirst } from "../../stream/order";

/** By (at, id), as the contract orders messages. */
const byTime = oldestFirst((message: Message) => message.at);

function isOrdered(messages: Message[]): boolean {
  return messages.every((message, index) => {
    const previous = messages[index - 1];
    return !previous || byTime(previous, message) < 0;
  });
}

/**
 * One list, oldest first, each message once in its newest version.
 * Pages come newest first and may overlap when a live event was written into one of them.
 */
export function mergePages(pages: readonly Page<Message>[]): Message[] {
  const byId = new Map<string, Message>();
  for (let p = pages.length - 1; p >= 0; p -= 1) {
    const results = pages[p]?.results ?? [];
    for (let m = results.length - 1; m >= 0; m -= 1) {
      const message = results[m] as Message;
      const known = byId.get(message.id);
      if (!known || message.version >= known.version) byId.set(message.id, message);
    }
  }
  const messages = Array.from(byId.values());
  return isOrdered(messages) ? messages : messages.sort(byTime);
}

/**
 * Adds what has not reached the server yet, after everything else: an agent's clock may be wrong, and
 * what was just written belongs at the end. A waiting message gives way to the server's one with the same
 * client_ref, whichever of the answer and the live event comes first.
 */
export function mergeWaiting(messages: Message[], waiting: readonly Message[]): Message[] {
  if (waiting.length === 0) return messages;
  const arrived = new Set(messages.map((message) => message.client_ref).filter(Boolean));
  const left = waiting.filter((message) => !arrived.has(message.client_ref));
  return left.length === 0 ? messages : [...messages, ...left];
}
