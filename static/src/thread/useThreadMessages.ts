import { type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { keys } from "../api/keys";
import { messagesQuery } from "../api/queries";
import type { MessagePages } from "../stream/applyMessage";
import { memoryOf } from "../stream/memory";
import { outbox } from "./outbox";
import { mergePages, mergeWaiting } from "./timeline/order";
import { asMessage } from "./waiting";

const pagesKept = 3;

/** The thread's messages, oldest first, with those still on their way at the end. */
export function useThreadMessages(conversationId: string) {
  const query = useInfiniteQuery(messagesQuery(conversationId));
  const waiting = useSyncExternalStore(outbox.subscribe, () => outbox.of(conversationId));
  const pages = query.data?.pages;
  const stored = useMemo(() => mergePages(pages ?? []), [pages]);
  const messages = useMemo(() => mergeWaiting(stored, waiting.map(asMessage)), [stored, waiting]);
  return { query, messages };
}

/**
 * A day's work opens hundreds of threads: the last ones left are at hand, of the others only the server knows.
 * A thread that is open is never let go of.
 */
function letGoOfOld(client: QueryClient): void {
  const closed = client
    .getQueryCache()
    .findAll({ queryKey: keys.allMessages, type: "inactive" })
    .map((query) => query.queryKey[1] as string);
  const { threads } = memoryOf(client);
  for (const id of closed) {
    if (!threads.has(id)) client.removeQueries({ queryKey: keys.messages(id), type: "inactive" });
  }
}

/** Left at its end, a thread keeps only its newest pages: a later refetch would load every one kept. */
export function useTrimOnLeave(conversationId: string, atEnd: boolean): void {
  const client = useQueryClient();
  const wasAtEnd = useRef(atEnd);
  wasAtEnd.current = atEnd;
  useEffect(
    () => () => {
      memoryOf(client).threads.set(conversationId, true);
      letGoOfOld(client);
      if (!wasAtEnd.current) return;
      client.setQueryData<MessagePages>(keys.messages(conversationId), (pages) =>
        pages && pages.pages.length > pagesKept
          ? {
              pages: pages.pages.slice(0, pagesKept),
              pageParams: pages.pageParams.slice(0, pagesKept),
            }
          : pages,
      );
    },
    [client, conversationId],
  );
}
