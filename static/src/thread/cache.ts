// What this tab changes by itself, before the server's answer or the live stream brings the new version.
import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Message } from "../api/types";
import type { MessagePages } from "../stream/applyMessage";

/** Changes one loaded message in place; returns what it was, or undefined when it is not loaded. */
export function changeMessage(
  client: QueryClient,
  conversationId: string,
  messageId: string,
  change: (message: Message) => Message,
): Message | undefined {
  let before: Message | undefined;
  client.setQueryData<MessagePages>(keys.messages(conversationId), (pages) => {
    if (!pages) return pages;
    const changed = pages.pages.map((page) => {
      const held = page.results.find((message) => message.id === messageId);
      if (!held) return page;
      before = held;
      return { ...page, results: page.results.map((m) => (m === held ? change(m) : m)) };
    });
    return before ? { ...pages, pages: changed } : pages;
  });
  return before;
}
