import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { inOwnWords } from "../api/failure";
import { keys } from "../api/keys";
import type { Message, Page, WireMessage } from "../api/types";
import i18n from "../i18n";
import { newestFirst } from "./order";

export type MessagePages = InfiniteData<Page<Message>, string | null>;

const byTime = newestFirst((message: Message) => message.at);

/** The same message: by id, or our own optimistic one by its `client_ref`. */
function isSame(a: Message, b: Message): boolean {
  return a.id === b.id || (a.client_ref !== null && a.client_ref === b.client_ref);
}

/** Puts a message in its place by (at, id), replacing an older version or the optimistic one. */
export function withMessage(pages: MessagePages, next: Message): MessagePages {
  for (const page of pages.pages) {
    const held = page.results.find((item) => item.id === next.id);
    if (held && held.version > next.version) return pages;
    if (held && held.version === next.version && held.at === next.at) {
      return withSwapped(pages, next);
    }
  }
  return insert(without(pages, next), next);
}

function without(pages: MessagePages, message: Message): MessagePages {
  return mapPages(pages, (results) =>
    results.some((item) => isSame(item, message))
      ? results.filter((item) => !isSame(item, message))
      : results,
  );
}

function withSwapped(pages: MessagePages, next: Message): MessagePages {
  return mapPages(pages, (results) =>
    results.some((item) => isSame(item, next))
      ? results
          .filter((item) => item.id === next.id || !isSame(item, next))
          .map((item) => (item.id === next.id ? next : item))
      : results,
  );
}

function insert(pages: MessagePages, next: Message): MessagePages {
  const last = pages.pages.length - 1;
  for (const [index, page] of pages.pages.entries()) {
    const at = page.results.findIndex((item) => byTime(next, item) < 0);
    if (at >= 0) return insertAt(pages, index, at, next);
  }
  // Older than all that is loaded: only when there is nothing older left to fetch.
  const page = pages.pages[last];
  if (!page || page.next !== null) return pages;
  return insertAt(pages, last, page.results.length, next);
}

function insertAt(pages: MessagePages, index: number, at: number, next: Message): MessagePages {
  return {
    ...pages,
    pages: pages.pages.map((page, i) =>
      i === index
        ? { ...page, results: [...page.results.slice(0, at), next, ...page.results.slice(at)] }
        : page,
    ),
  };
}

function mapPages(pages: MessagePages, change: (results: Message[]) => Message[]): MessagePages {
  return {
    ...pages,
    pages: pages.pages.map((page) => {
      const results = change(page.results);
      return results === page.results ? page : { ...page, results };
    }),
  };
}

/** Writes a message into its loaded thread; a thread that is not loaded will fetch it anyway. */
export function applyMessage(client: QueryClient, wire: WireMessage | Message): void {
  const message = inOwnWords(wire, i18n.language);
  client.setQueryData<MessagePages>(keys.messages(message.conversation_id), (pages) =>
    pages ? withMessage(pages, message) : undefined,
  );
}

/** Whether the loaded thread has it already, in whatever state. */
export function knowsMessage(client: QueryClient, { conversation_id, id }: WireMessage): boolean {
  const pages = client.getQueryData<MessagePages>(keys.messages(conversation_id))?.pages ?? [];
  return pages.some(({ results }) => results.some((message) => message.id === id));
}

/** After a change of language: the failures of every loaded thread in the new one. */
export function retellFailures(client: QueryClient, locale: string): void {
  client.setQueriesData<MessagePages>({ queryKey: keys.allMessages }, (pages) =>
    pages
      ? mapPages(pages, (results) =>
          results.some((message) => message.error?.words)
            ? results.map((message) => inOwnWords(message, locale))
            : results,
        )
      : undefined,
  );
}
