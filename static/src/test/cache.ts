// What the query cache holds, filled and read as tests need it.
import { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Conversation, Message, View } from "../api/types";
import { learnConversation } from "../stream/applyConversation";
import type { MessagePages } from "../stream/applyMessage";
import type { ConversationPages } from "../stream/lists";
import { ben } from "./builders";

/** A client whose session is Ben's. */
export function benClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(keys.session, { user: ben });
  return client;
}

/** Puts a list into the cache as if fetched; `next` of the last page is as given. */
export function loadList(
  client: QueryClient,
  view: View,
  pages: Conversation[][],
  next: string | null = null,
): void {
  for (const conversation of pages.flat()) learnConversation(client, conversation);
  client.setQueryData<ConversationPages>(keys.list(view), {
    pages: pages.map((results, index) => ({
      results,
      next: index < pages.length - 1 ? String(index + 1) : next,
    })),
    pageParams: pages.map((_, index) => (index === 0 ? null : String(index))),
  });
}

export function listed(client: QueryClient, view: View): Conversation[] {
  const data = client.getQueryData<ConversationPages>(keys.list(view));
  return data?.pages.flatMap((page) => page.results) ?? [];
}

export function idsIn(client: QueryClient, view: View): string[] {
  return listed(client, view).map((conversation) => conversation.id);
}

export function loadMessages(
  client: QueryClient,
  pages: Message[][],
  next: string | null = null,
): void {
  client.setQueryData<MessagePages>(keys.messages("c1"), {
    pages: pages.map((results, index) => ({
      results,
      next: index < pages.length - 1 ? String(index + 1) : next,
    })),
    pageParams: pages.map((_, index) => (index === 0 ? null : String(index))),
  });
}

export function messagesIn(client: QueryClient): Message[] {
  const pages = client.getQueryData<MessagePages>(keys.messages("c1"))?.pages;
  return pages?.flatMap((page) => page.results) ?? [];
}
