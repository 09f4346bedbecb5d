import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { Asked, Conversation, Me } from "../api/types";
import {
  belongsTo,
  type ConversationPages,
  orderOf,
  type Reader,
  withConversation,
  withoutConversation,
  withReplaced,
} from "./lists";
import { memoryOf } from "./memory";

function reader(client: QueryClient): Reader | null {
  return client.getQueryData<{ user: Me | null }>(keys.session)?.user ?? null;
}

const NEW_FOR_MS = 10 * 60_000;

/** A conversation that has only just begun: nobody who meets it in the stream has read any of it. */
function isNew({ created_at, last_activity_at }: Conversation): boolean {
  return Date.parse(last_activity_at) - Date.parse(created_at) < NEW_FOR_MS;
}

/** Stream events carry nothing that is the reader's own: keep what is at hand. Reading never goes backwards. */
function withOwn(next: Conversation, known: Conversation | undefined): Conversation {
  const mine = known?.read_count ?? (isNew(next) ? 0 : null);
  if (next.read_count === null) {
    return { ...next, read_count: mine, reads_back_to: known?.reads_back_to ?? null };
  }
  return mine !== null && mine > next.read_count ? { ...next, read_count: mine } : next;
}

/** Takes a conversation into memory. Returns what is now newest, or null when this one is older. */
export function learnConversation(client: QueryClient, next: Conversation): Conversation | null {
  const memory = memoryOf(client);
  const known = memory.conversations.get(next.id);
  const leftAt = memory.left.get(next.id);
  if (leftAt !== undefined && next.version <= leftAt) return null;
  if (known && next.version < known.version) return null;
  // The same event again says nothing new, and would undo an optimistic change.
  if (known && next.version === known.version && next.read_count === null) return null;
  const merged = withOwn(next, known);
  memory.left.delete(next.id);
  memory.conversations.set(next.id, merged);
  return merged;
}

function placeIn(pages: ConversationPages, asked: Asked, item: Conversation, me: Reader | null) {
  if (!belongsTo(asked, item, me)) return withoutConversation(pages, item.id);
  const current = pages.pages.flatMap((page) => page.results).find((row) => row.id === item.id);
  const order = orderOf(asked);
  if (current && order(current, item) === 0) return withReplaced(pages, item);
  return withConversation(pages, item, order);
}

/** Changes every list that is at hand, whatever it was asked for. */
function changeLists(
  client: QueryClient,
  change: (pages: ConversationPages, asked: Asked) => ConversationPages,
): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: keys.lists })) {
    client.setQueryData<ConversationPages>(queryKey, (pages) =>
      pages ? change(pages, queryKey[2] as Asked) : undefined,
    );
  }
}

function write(client: QueryClient, conversation: Conversation): void {
  const me = reader(client);
  changeLists(client, (pages, asked) => placeIn(pages, asked, conversation, me));
  client.setQueryData<Conversation | null>(keys.conversation(conversation.id), (old) =>
    old === undefined ? undefined : conversation,
  );
}

/** Writes a conversation into every loaded list and page. False when it was older than known. */
export function applyConversation(client: QueryClient, next: Conversation): boolean {
  const newest = learnConversation(client, next);
  if (!newest) return false;
  write(client, newest);
  return true;
}

/** Writes what memory holds once more, after a fetch begun earlier has overwritten it. */
export function rewriteConversation(client: QueryClient, id: string): void {
  const newest = memoryOf(client).conversations.get(id);
  if (newest) write(client, newest);
}

/** An optimistic change: shown at once, without a version of its own; the answer replaces it. */
export function patchConversation(
  client: QueryClient,
  id: string,
  change: Partial<Conversation>,
): Conversation | undefined {
  const memory = memoryOf(client);
  const before = memory.conversations.get(id);
  if (!before) return undefined;
  const after = { ...before, ...change };
  memory.conversations.set(id, after);
  write(client, after);
  return before;
}

/** Takes an optimistic change back, unless something newer has arrived since. */
export function restoreConversation(client: QueryClient, before: Conversation | undefined): void {
  if (!before) return;
  const known = memoryOf(client).conversations.get(before.id);
  if (!known || known.version !== before.version) return;
  memoryOf(client).conversations.set(before.id, before);
  write(client, before);
}

export function applyRead(client: QueryClient, id: string, readCount: number): void {
  const known = memoryOf(client).conversations.get(id);
  if (!known || (known.read_count ?? -1) >= readCount) return;
  patchConversation(client, id, { read_count: readCount });
}

/** Everything kept of one conversation: what was written in it, beside it and for it. */
function everythingIn(id: string): readonly (readonly unknown[])[] {
  return [
    keys.messages(id),
    keys.internalNotes(id),
    keys.mentionable(id),
    keys.handovers(id),
    keys.scheduled(id),
    keys.preparedFor(id),
    keys.macroLooks(id),
    keys.coachingOf(id),
    keys.risksOf(id),
    keys.assignees(id),
    keys.assignments(id),
  ];
}

/** The agent lost sight of it: gone from every list, its page says so, what was kept of it is dropped. */
export function applyLeft(client: QueryClient, id: string): void {
  const memory = memoryOf(client);
  const known = memory.conversations.get(id);
  memory.left.set(id, Math.max(known?.version ?? -1, memory.left.get(id) ?? -1));
  memory.conversations.delete(id);
  changeLists(client, (pages) => withoutConversation(pages, id));
  client.setQueryData<Conversation | null>(keys.conversation(id), (old) =>
    old === undefined ? undefined : null,
  );
  for (const queryKey of everythingIn(id)) {
    client.cancelQueries({ queryKey });
    client.removeQueries({ queryKey });
  }
}
