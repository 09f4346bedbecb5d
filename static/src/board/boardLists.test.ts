import { describe, expect, it } from "vitest";
import type { Board, BoardPerson, Conversation } from "../api/types";
import { aConversation } from "../test/builders";
import { withConversation, withoutConversation } from "./boardLists";

const EVERYTHING = { region: null, channel: null };
const NOW = Date.parse("2026-05-01T12:00:00Z");
const NONE = { ids: [], count: 0 };

function row(id: string, change: Partial<Conversation> = {}): Conversation {
  const waiting = { waiting_since: "2026-05-01T11:50:00Z", assignee: null, version: 1 };
  return { ...aConversation({ id }), ...waiting, state: "open", ...change };
}

function ben(change: Partial<BoardPerson> = {}): BoardPerson {
  return { id: 2, name: "Ben", load: 1, waiting: 0, waiting_since: null, ...change } as BoardPerson;
}

function board(rows: Conversation[] = [], people: BoardPerson[] = []): Board {
  const empty = { queue: NONE, at_risk: NONE, risky: NONE, waking: NONE } as unknown as Board;
  const start: Board = { ...empty, conversations: [], people };
  return rows.reduce<Board>((known, one) => withConversation(known, one, EVERYTHING, NOW), start);
}

describe("the lists of the board", () => {
  it("have the longest waiting first", () => {
    const { queue } = board([row("a"), row("b", { waiting_since: "2026-05-01T11:00:00Z" })]);
    expect(queue).toEqual({ ids: ["b", "a"], count: 2 });
  });

  it("let go of what somebody has, and of what nobody here sees any more", () => {
    const taken = row("a", { assignee: { id: 2, name: "Ben" }, version: 2 });
    expect(withConversation(board([row("a")]), taken, EVERYTHING, NOW).queue.count).toBe(0);
    expect(withoutConversation(board([row("a")]), "a").queue).toEqual(NONE);
  });

  it("are not changed by an older version", () => {
    const known = board([row("a", { version: 5 })]);
    const older = row("a", { version: 4, state: "resolved" });
    expect(withConversation(known, older, EVERYTHING, NOW)).toBe(known);
  });

  it("keep to what the board is narrowed to", () => {
    const elsewhere = { region: 99, channel: null };
    expect(withConversation(board(), row("a"), elsewhere, NOW).queue).toEqual(NONE);
  });

  it("have the most severe first, and what wakes within the hour only", () => {
    const risk = { kind: "fraud", severity: 2, raised_at: "2026-05-01T11:00:00Z" };
    const worse = { ...risk, kind: "self_harm", severity: 3, raised_at: "2026-05-01T11:30:00Z" };
    const asleep = (at: string) => ({ snooze: { wake_at: at } }) as Partial<Conversation>;
    const { risky, waking } = board([
      row("a", { risk: risk as Conversation["risk"] }),
      row("b", { risk: worse as Conversation["risk"] }),
      row("c", { state: "snoozed", ...asleep("2026-05-01T12:30:00Z") }),
      row("d", { state: "snoozed", ...asleep("2026-05-01T15:00:00Z") }),
    ]);
    expect([risky.ids, waking.ids]).toEqual([["b", "a"], ["c"]]);
  });

  it("count on how much somebody has, as far as it is known whose it was", () => {
    const start = board([row("a")], [ben()]);
    const taken = row("a", { assignee: { id: 2, name: "Ben" }, version: 2 });
    const [person] = withConversation(start, taken, EVERYTHING, NOW).people;
    expect(person).toMatchObject({ load: 2, waiting: 1, waiting_since: "2026-05-01T11:50:00Z" });
    const unknown = row("z", { assignee: { id: 2, name: "Ben" } });
    expect(withConversation(start, unknown, EVERYTHING, NOW).people[0]).toEqual(ben());
  });
});
