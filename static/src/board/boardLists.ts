// What an event does to the board: which lists a conversation is in, in which place, and who has how much. Everything
// that an event does not tell (figures, somebody's last reply) comes with the next snapshot.
import type { Board, BoardPerson, Conversation } from "../api/types";

export const LISTS = ["queue", "at_risk", "risky", "waking"] as const;
export type ListName = (typeof LISTS)[number];

/** What the board is narrowed to; null: everything of the reader's regions. */
export interface BoardFilters {
  region: number | null;
  channel: string | null;
}

const SOON_MS = 60 * 60_000;
const SHOWN = 60;

const BELONGS: Record<ListName, (row: Conversation, now: number) => boolean> = {
  queue: (row) => row.state === "open" && row.assignee === null && row.waiting_since !== null,
  at_risk: (row, now) =>
    row.state === "open" && row.risk_at !== null && Date.parse(row.risk_at) <= now,
  risky: (row) => row.risk !== null,
  waking: (row, now) => row.snooze !== null && Date.parse(row.snooze.wake_at) <= now + SOON_MS,
};

/** What comes first: the smaller one. */
const PLACE: Record<ListName, (row: Conversation) => string> = {
  queue: (row) => row.waiting_since ?? "",
  at_risk: (row) => row.due_at ?? "",
  risky: (row) => `${9 - (row.risk?.severity ?? 0)} ${row.risk?.raised_at ?? ""}`,
  waking: (row) => row.snooze?.wake_at ?? "",
};

function within({ region, channel }: BoardFilters, row: Conversation): boolean {
  return (
    (region === null || row.region_id === region) &&
    (channel === null || row.channel.id === channel)
  );
}

/** The board with what is now known of a conversation; an older version changes nothing. */
export function withConversation(
  board: Board,
  next: Conversation,
  filters: BoardFilters,
  now: number,
): Board {
  const before = board.conversations.find(({ id }) => id === next.id);
  if (before && next.version < before.version) return board;
  const seen = within(filters, next);
  const rows = new Map(board.conversations.map((row) => [row.id, row]));
  rows.set(next.id, next);
  const listed = Object.fromEntries(
    LISTS.map((name) => [
      name,
      placed(board[name], next.id, seen && BELONGS[name](next, now), rows, name),
    ]),
  ) as Pick<Board, ListName>;
  const people = board.people.map((person) => withLoad(person, before, next));
  return { ...board, ...listed, people, conversations: [...rows.values()] };
}

/** Nobody here sees it any more. */
export function withoutConversation(board: Board, id: string): Board {
  const listed = Object.fromEntries(
    LISTS.map((name) => [name, placed(board[name], id, false, new Map(), name)]),
  ) as Pick<Board, ListName>;
  const conversations = board.conversations.filter((row) => row.id !== id);
  return { ...board, ...listed, conversations };
}

function placed(
  list: Board[ListName],
  id: string,
  belongs: boolean,
  rows: Map<string, Conversation>,
  name: ListName,
): Board[ListName] {
  const was = list.ids.includes(id);
  const others = list.ids.filter((one) => one !== id);
  if (!belongs) return was ? { ids: others, count: list.count - 1 } : list;
  const place = (one: string) => {
    const row = rows.get(one);
    return row ? `${PLACE[name](row)} ${one}` : "";
  };
  const at = others.findIndex((one) => place(one) > place(id));
  const ids = at < 0 ? [...others, id] : [...others.slice(0, at), id, ...others.slice(at)];
  return { ids: ids.slice(0, SHOWN), count: list.count + (was ? 0 : 1) };
}

/** Counted on from the snapshot, as far as it is known whose it was before. */
function withLoad(person: BoardPerson, before: Conversation | undefined, next: Conversation) {
  if (!before) return person;
  const had = before.state === "open" && before.assignee?.id === person.id;
  const has = next.state === "open" && next.assignee?.id === person.id;
  const waited = had && before.waiting_since !== null;
  const waits = has && next.waiting_since !== null;
  if (had === has && waited === waits) return person;
  const load = Math.max(0, person.load + Number(has) - Number(had));
  const waiting = Math.max(0, person.waiting + Number(waits) - Number(waited));
  const since = [person.waiting_since, waits ? next.waiting_since : null].filter(
    (one): one is string => one !== null,
  );
  return {
    ...person,
    load,
    waiting,
    waiting_since: waiting > 0 ? (since.sort()[0] ?? null) : null,
  };
}
