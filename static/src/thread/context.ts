// What every bubble needs and none changes: words, clock, and what can be done with a message.
import type { TFunction } from "i18next";
import { createContext, useContext } from "react";
import type { Message } from "../api/types";

export interface ThreadActions {
  reply(message: Message): void;
  react(message: Message, emoji: string): void;
  copy(message: Message): void;
  /** Scrolls to a message, loading older pages until it is found. */
  jumpTo(messageId: string): void;
  /** A failed one again: ours that never left this browser, or one the server could not deliver. */
  retry(message: Message): void;
  /** Takes a message that never left this browser out of the thread. */
  discard(message: Message): void;
  /** Its text goes back into the composer; one that never left this browser goes from the thread. */
  edit(message: Message): void;
  openMedia(message: Message): void;
  /** A file did not come: its address may have ended, and the messages are fetched with new ones. */
  refreshLinks(): void;
  /** The form in which an approved template is chosen and filled. */
  openTemplates(): void;
  focusComposer(): void;
}

export interface ThreadScope {
  t: TFunction;
  locale: string;
  timeZone: string;
  contactName: string;
  canReply: boolean;
  /** Reactions go out like messages: not when the window is closed. */
  canReact: boolean;
  actions: ThreadActions;
}

export const ThreadContext = createContext<ThreadScope | null>(null);

export function useThread(): ThreadScope {
  const scope = useContext(ThreadContext);
  if (!scope) throw new Error("useThread is for parts inside <Thread>");
  return scope;
}
