import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Board, Conversation } from "../api/types";
import i18n from "../i18n";
import { learnConversation } from "../stream/applyConversation";
import type { Colleague, NumberedEvent } from "../stream/frames";
import { useStream, useStreamEvents } from "../stream/StreamProvider";
import { Throttle } from "../stream/Throttle";
import { type BoardFilters, withConversation, withoutConversation } from "./boardLists";

/** What no event tells is read again: soon after one, but not at every one, and once a minute in any case. */
const QUIET_MS = 2_000;
const LEAST_MS = 10_000;
const AGAIN_MS = 60_000;
const TOLD = new Set([
  "conversation.changed",
  "conversation.left",
  "person.changed",
  "sla.warned",
  "waiting.requeued",
]);

function asked({ region, channel }: BoardFilters): string {
  const query = new URLSearchParams();
  if (region !== null) query.set("region", String(region));
  if (channel !== null) query.set("channel", channel);
  return String(query);
}

/** The board, live: a snapshot, and upon it what the stream tells. */
export function useBoard(filters: BoardFilters) {
  const client = useQueryClient();
  const { ready } = useStream();
  const query = asked(filters);
  const again = useMemo(
    () =>
      new Throttle(() => client.invalidateQueries({ queryKey: keys.boards }), QUIET_MS, LEAST_MS),
    [client],
  );
  useEffect(() => () => again.cancel(), [again]);
  useStreamEvents((event) => {
    if (!TOLD.has(event.kind)) return;
    applyToBoards(client, event);
    again.ask();
  });
  return useQuery({
    queryKey: keys.board(query),
    queryFn: async ({ signal }) => {
      const board = await api.get<Board>(`board?${query}`, signal);
      for (const row of board.conversations) learnConversation(client, row);
      return board;
    },
    enabled: ready,
    placeholderData: (before) => before,
    refetchInterval: AGAIN_MS,
  });
}

function applyToBoards(client: QueryClient, { kind, payload }: NumberedEvent): void {
  if (kind === "conversation.changed") showOnBoards(client, payload as Conversation);
  if (kind === "person.changed") {
    const { id, availability, is_here } = payload as Colleague;
    changeBoards(client, (board) => ({
      ...board,
      people: board.people.map((one) => (one.id === id ? { ...one, availability, is_here } : one)),
    }));
  }
  if (kind === "conversation.left") {
    changeBoards(client, (board) => withoutConversation(board, (payload as { id: string }).id));
  }
}

/** Writes a conversation into every board at hand. */
export function showOnBoards(client: QueryClient, conversation: Conversation): void {
  changeBoards(client, (board, filters) =>
    withConversation(board, conversation, filters, Date.now()),
  );
}

function changeBoards(
  client: QueryClient,
  change: (board: Board, filters: BoardFilters) => Board,
): void {
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: keys.boards })) {
    const query = new URLSearchParams(String(queryKey[1]));
    const region = query.get("region");
    const filters = { region: region ? Number(region) : null, channel: query.get("channel") };
    client.setQueryData<Board>(queryKey, (board) => (board ? change(board, filters) : undefined));
  }
}

const SECOND = 1000;

/** The time, every second: what counts on the board counts together. */
export function useSecond(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** In its two largest units, so that one under the other they are read alike: "4 min 5 s", "21 h 28 min", "1 d 4 h". */
export function counted(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (hours >= 24) return i18n.t("board.span.days", { d: Math.floor(hours / 24), h: hours % 24 });
  if (hours > 0) return i18n.t("board.span.hours", { h: hours, m: minutes % 60 });
  return i18n.t("board.span.minutes", { m: minutes, s: seconds % 60 });
}
