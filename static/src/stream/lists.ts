import type { InfiniteData } from "@tanstack/react-query";
import type { Asked, Conversation, Me, Page, Priority } from "../api/types";
import { newestFirst, oldestFirst } from "./order";

export type ConversationPages = InfiniteData<Page<Conversation>, string | null>;

/** Who looks: what is mine, and my teams', depends on it. */
export type Reader = Pick<Me, "id" | "team_ids">;

/** Whether a list that was asked for so holds it: as `in_view` and the filters of the server say. */
export function belongsTo(asked: Asked, conversation: Conversation, me: Reader | null): boolean {
  return inView(asked.view, conversation, me) && fits(asked, conversation, me?.id ?? null);
}

function inView(view: Asked["view"], conversation: Conversation, me: Reader | null): boolean {
  const { state, assignee, team } = conversation;
  if (view === "any") return true;
  if (view === "scheduled") return me !== null && hasScheduled(conversation, me.id);
  if (view === "resolved" || view === "snoozed") return state === view;
  if (state !== "open") return false;
  if (view === "mine") return me !== null && assignee?.id === me.id;
  if (view === "team") {
    return assignee === null && team !== null && (me?.team_ids.includes(team.id) ?? false);
  }
  if (view === "unassigned") return assignee === null;
  return view !== "at_risk" || isAtRisk(conversation, Date.now());
}

/** Whether something of this person waits there to be sent. */
export function hasScheduled({ scheduled }: Conversation, id: number): boolean {
  return scheduled?.authors.includes(id) ?? false;
}

function fits(asked: Asked, conversation: Conversation, myId: number | null): boolean {
  const { channel, region_id, priority, payment_marked_at, waiting_since, contact, tags } =
    conversation;
  return (
    (!asked.channel || asked.channel === channel.id) &&
    (!asked.region || asked.region === String(region_id)) &&
    (!asked.priority || asked.priority.split(",").includes(priority)) &&
    (!asked.payment || asked.payment === String(payment_marked_at !== null)) &&
    (!asked.waiting || asked.waiting === String(waiting_since !== null)) &&
    (!asked.tag || tags.some(({ id }) => asked.tag?.split(",").includes(id))) &&
    (!asked.language || asked.language === contact.language) &&
    isGivenTo(asked.assignee, conversation, myId)
  );
}

function isGivenTo(wanted: string | undefined, { assignee }: Conversation, myId: number | null) {
  if (!wanted) return true;
  if (wanted === "nobody") return assignee === null;
  return String(assignee?.id) === (wanted === "me" ? String(myId) : wanted);
}

/** What was promised to the customer will soon be late, or is. */
export function isAtRisk({ state, due_at, risk_at }: Conversation, now: number): boolean {
  return state === "open" && due_at !== null && risk_at !== null && Date.parse(risk_at) <= now;
}

export const byActivity = newestFirst((item: Conversation) => item.last_activity_at);
const byDue = oldestFirst((item: Conversation) => item.due_at ?? item.last_activity_at);
const RANK: Record<Priority, number> = { urgent: 3, high: 2, normal: 1, low: 0 };

function byPressure(a: Conversation, b: Conversation): number {
  return RANK[b.priority] - RANK[a.priority] || byActivity(a, b);
}

export type Order = (a: Conversation, b: Conversation) => number;

/** Only what is open can press. */
export const PRESSING: Asked["view"][] = ["mine", "unassigned", "all"];

/** The order of a list, as the server's. */
export function orderOf({ view, sort }: Asked): Order {
  if (view === "at_risk") return byDue;
  return sort === "pressing" && PRESSING.includes(view) ? byPressure : byActivity;
}

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
 * Puts a conversation where it belongs in the order. One older than everything loaded is left out while
 * more pages wait on the server: scrolling will bring it, and putting it here would leave a gap.
 */
export function withConversation(
  pages: ConversationPages,
  conversation: Conversation,
  order: Order = byActivity,
): ConversationPages {
  const cleared = withoutConversation(pages, conversation.id);
  for (const [index, page] of cleared.pages.entries()) {
    const at = page.results.findIndex((item) => order(conversation, item) < 0);
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
