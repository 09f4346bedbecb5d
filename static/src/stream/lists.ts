import type { InfiniteData } from "@tanstack/react-query";
import type { Conversation, Me, Page, View } from "../api/types";
import { newestFirst } from "./order";

export type ConversationPages = InfiniteData<Page<Conversation>, string | null>;

/** Who looks: what is mine, and my teams', depends on it. */
export type Reader = Pick<Me, "id" | "team_ids">;

export function belongsTo(view: View, conversation: Conversation, me: Reader | null): boolean {
  if (view === "resolved") return conversation.state === "resolved";
  if (conversation.state !== "open") return false;
  if (view === "mine") return me !== null && conversation.assignee?.id === me.id;
  if (view === "unassigned") return conversation.assignee === null;
  if (view === "team") {
    const { assignee, team } = conversation;
    return assignee === null && team !== null && (me?.team_ids.includes(team.id) ?? false);
  }
  return true;
}

export const byActivity = newestFirst((item: Conversation) => item.last_activity_at);

export function withoutConversation(pages: ConversationPages, id: string): ConversationPages {
  if (!pages.pages.some((page) => page.results.some((item) => item.id === id))) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.results.some((item) => item.id === id)
        ? { ...page, results: page.results.filter((item) => item.id !== id) }
        : page,
    ),
  };
}

/**
 * Puts a conversation where its activity belongs. One older than everything loaded is left out while
 * more pages wait on the server: scrolling will bring it, and putting it here would leave a gap.
 */
export function withConversation(
  pages: ConversationPages,
  conversation: Conversation,
): ConversationPages {
  const cleared = withoutConversation(pages, conversation.id);
  for (const [index, page] of cleared.pages.entries()) {
    const at = page.results.findIndex((item) => byActivity(conversation, item) < 0);
    if (at >= 0) return withPage(cleared, index, insertAt(page, at, conversation));
  }
  const last = cleared.pages.length - 1;
  const page = cleared.pages[last];
  if (!page || page.next !== null) return cleared;
  return withPage(cleared, last, insertAt(page, page.results.length, conversation));
}

/** The same place, when order did not change: keeps every other row untouched. */
export function withReplaced(
  pages: ConversationPages,
  conversation: Conversation,
): ConversationPages {
  return {
    ...pages,
    pages: pages.pages.map((page) =>
      page.results.some((item) => item.id === conversation.id)
        ? {
            ...page,
            results: page.results.map((item) =>
              item.id === conversation.id ? conversation : item,
            ),
          }
        : page,
    ),
  };
}

/** One flat list; a row that moved up while paging is shown once, at its newer place. */
export function flatten(pages: ConversationPages | undefined): Conversation[] {
  const seen = new Set<string>();
  const rows: Conversation[] = [];
  for (const page of pages?.pages ?? []) {
    for (const item of page.results) {
      if (seen.has(item.id)) continue;
      seen.add(item.id);
      rows.push(item);
    }
  }
  return rows;
}

function insertAt(page: Page<Conversation>, at: number, item: Conversation): Page<Conversation> {
  return { ...page, results: [...page.results.slice(0, at), item, ...page.results.slice(at)] };
}

function withPage(
  pages: ConversationPages,
  index: number,
  page: Page<Conversation>,
): ConversationPages {
  return { ...pages, pages: pages.pages.map((old, i) => (i === index ? page : old)) };
}
