import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import i18n from "../i18n";
import { asOver, notedOver, noteOver } from "../session/over";
import type { MessagePages } from "../stream/applyMessage";
import type { ConversationPages } from "../stream/lists";
import { memoryOf } from "../stream/memory";
import { useStream } from "../stream/StreamProvider";
import { api } from "./client";
import { inOwnWords } from "./failure";
import { keys } from "./keys";
import type { components } from "./schema";
import type {
  Asked,
  Assignees,
  Channel,
  Contact,
  Conversation,
  Counts,
  Me,
  Message,
  Note,
  Page,
  Person,
  SavedView,
  Session,
  ViewCount,
  WireMessage,
} from "./types";

type Schemas = components["schemas"];

const LIST_LIMIT = 40;
const MESSAGE_LIMIT = 50;

/** Lists that are short by nature (people, regions, channels) come as one array, paged or not. */
async function all<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor ? `?limit=100&cursor=${encodeURIComponent(cursor)}` : "?limit=100";
    const page: Page<T> = await api.get<Page<T>>(path + query, signal);
    rows.push(...page.results);
    cursor = page.next;
  } while (cursor);
  return rows;
}

function paged(path: string, params: Record<string, string | number | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null) query.set(name, String(value));
  }
  return `${path}?${query}`;
}

export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<Session> => {
    const { user, over, ...told } = await api.get<Schemas["Session"]>("session", signal);
    // What another tab was told a moment ago stays true, also when this answer is from just before.
    noteOver(asOver(over ?? ""));
    return { ...told, user: user as Me | null, over: user ? null : notedOver() } as Session;
  },
});

export function useSession() {
  return useQuery(sessionQuery);
}

export function usePeople() {
  return useQuery({
    queryKey: keys.people,
    queryFn: ({ signal }) => all<Person>("people", signal),
  });
}

/** Who could have a conversation, with what they have right now: asked whenever somebody wants to choose. */
export function useAssignees(conversationId: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.assignees(conversationId),
    queryFn: ({ signal }) =>
      api.get<Assignees>(`conversations/${conversationId}/assignees`, signal),
    enabled,
    staleTime: 0,
  });
}

/** Who could have all of the chosen ones: the server knows the rules. */
export function useAssigneesOfMany(chosen: readonly { id: string }[]) {
  const ids = chosen.map(({ id }) => id).sort();
  return useQuery({
    queryKey: keys.assigneesOfMany(ids.join()),
    queryFn: () => api.post<Assignees>("conversations/bulk/assignees", { ids }),
    enabled: ids.length > 0,
    staleTime: 0,
  });
}

export function useChannels() {
  return useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }) => all<Channel>("channels", signal),
  });
}

export function useCounts() {
  const { ready } = useStream();
  return useQuery({
    queryKey: [...keys.counts, "views"],
    queryFn: ({ signal }) => api.get<Counts>("conversations/counts", signal),
    enabled: ready,
  });
}

/** A minute passes, and more is at risk: nobody tells. */
const AT_RISK_AGAIN_MS = 60_000;

/** Null: nothing is known yet of what to ask. */
export function useConversationList(asked: Asked | null) {
  const { ready } = useStream();
  return useInfiniteQuery<
    Page<Conversation>,
    Error,
    ConversationPages,
    readonly unknown[],
    string | null
  >({
    queryKey: keys.list(asked ?? "mine"),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Conversation>>(
        paged("conversations", { ...asked, limit: LIST_LIMIT, cursor: pageParam }),
        signal,
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    enabled: ready && asked !== null,
    refetchInterval: asked?.view === "at_risk" ? AT_RISK_AGAIN_MS : false,
  });
}

export function useSavedViews() {
  return useQuery({
    queryKey: keys.savedViews,
    queryFn: ({ signal }) => all<SavedView>("saved-views", signal),
  });
}

/** How many each holds, by id. */
export function useSavedCounts(wanted: boolean) {
  const { ready } = useStream();
  return useQuery({
    queryKey: keys.savedCounts,
    queryFn: ({ signal }) => all<ViewCount>("saved-views/counts", signal),
    select: (rows) => new Map(rows.map(({ id, count }) => [id, count])),
    enabled: ready && wanted,
  });
}

/** Null once the agent has lost sight of it. Shown at once when a list already holds it. */
export function useConversation(id: string | null) {
  const client = useQueryClient();
  const { ready } = useStream();
  return useQuery<Conversation | null>({
    queryKey: keys.conversation(id ?? ""),
    queryFn: ({ signal }) => api.get<Conversation>(`conversations/${id}`, signal),
    initialData: () => (id ? memoryOf(client).conversations.get(id) : undefined),
    enabled: ready && id !== null,
  });
}

/** The thread's pages, newest first; `fetchNextPage` leads to older ones. */
export function messagesQuery(conversationId: string) {
  return infiniteQueryOptions<
    Page<Message>,
    Error,
    MessagePages,
    readonly unknown[],
    string | null
  >({
    queryKey: keys.messages(conversationId),
    queryFn: async ({ pageParam, signal }) => {
      const path = `conversations/${conversationId}/messages`;
      const page = await api.get<Page<WireMessage>>(
        paged(path, { limit: MESSAGE_LIMIT, cursor: pageParam }),
        signal,
      );
      const results = page.results.map((message) => inOwnWords(message, i18n.language));
      return { ...page, results };
    },
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
  });
}

export function useContact(id: string) {
  return useQuery({
    queryKey: keys.contact(id),
    queryFn: ({ signal }) => api.get<Contact>(`contacts/${id}`, signal),
  });
}

export function useNotes(contactId: string) {
  return useQuery({
    queryKey: keys.notes(contactId),
    queryFn: ({ signal }) => api.get<Page<Note>>(`contacts/${contactId}/notes`, signal),
    select: (page) => page.results,
  });
}

const OTHERS_LIMIT = 6;
const OTHERS_FRESH_MS = 30_000;

/** The contact's conversations on every channel, in every state, newest activity first. */
export function useConversationsOf(contactId: string) {
  return useQuery({
    queryKey: keys.conversationsOf(contactId),
    queryFn: ({ signal }) => {
      const params = { view: "any", contact: contactId, limit: OTHERS_LIMIT };
      return api.get<Page<Conversation>>(paged("conversations", params), signal);
    },
    select: (page) => page.results,
    staleTime: OTHERS_FRESH_MS,
  });
}
