import { describe, expect, it } from "vitest";
import type { Conversation } from "../api/types";
import { aConversation, ben } from "../test/builders";
import { belongsTo, type ConversationPages, flatten, withConversation } from "./lists";

function at(id: string, minute: number): Conversation {
  const mm = String(minute).padStart(2, "0");
  return aConversation({ id, last_activity_at: `2026-03-01T08:${mm}:00Z` });
}

function pagesOf(groups: Conversation[][], next: string | null = null): ConversationPages {
  return {
    pages: groups.map((results, i) => ({ results, next: i < groups.length - 1 ? "more" : next })),
    pageParams: groups.map(() => null),
  };
}

const ids = (pages: ConversationPages) => pages.pages.map((page) => page.results.map((c) => c.id));

describe("where a conversation belongs", () => {
  const mine = aConversation({ assignee: { id: 7, name: "Ben" } });
  const theirs = aConversation({ assignee: { id: 8, name: "Cho" } });
  const nobodys = aConversation({ assignee: null });
  const teams = aConversation({ assignee: null, team: { id: 3, name: "Orders" } });
  const otherTeams = aConversation({ assignee: null, team: { id: 4, name: "Returns" } });
  const resolved = aConversation({ state: "resolved", assignee: { id: 7, name: "Ben" } });

  it.each([
    ["mine", [true, false, false, false, false, false]],
    ["team", [false, false, false, true, false, false]],
    ["unassigned", [false, false, true, true, true, false]],
    ["all", [true, true, true, true, true, false]],
    ["resolved", [false, false, false, false, false, true]],
  ] as const)("%s", (view, expected) => {
    const all = [mine, theirs, nobodys, teams, otherTeams, resolved];
    const found = all.map((c) => belongsTo({ view }, c, ben));
    expect(found).toEqual(expected);
  });

  it("is nobody's own before the session is known", () => {
    expect(belongsTo({ view: "mine" }, nobodys, null)).toBe(false);
  });
});

describe("putting a conversation in its place", () => {
  it("moves it to the top when it is newest", () => {
    const pages = pagesOf([[at("a", 30), at("b", 20), at("c", 10)]]);
    expect(ids(withConversation(pages, at("c", 40)))).toEqual([["c", "a", "b"]]);
  });

  it("puts it between its neighbours, in the right page", () => {
    const pages = pagesOf([
      [at("a", 50), at("b", 40)],
      [at("c", 20), at("d", 10)],
    ]);
    expect(ids(withConversation(pages, at("x", 15)))).toEqual([
      ["a", "b"],
      ["c", "x", "d"],
    ]);
  });

  it("orders equal times by id, newest id first, as the server does", () => {
    const pages = pagesOf([[at("b", 10)]]);
    expect(ids(withConversation(pages, at("c", 10)))).toEqual([["c", "b"]]);
    expect(ids(withConversation(pages, at("a", 10)))).toEqual([["b", "a"]]);
  });

  it("leaves one older than everything loaded to the server while pages wait", () => {
    const pages = pagesOf([[at("a", 30), at("b", 20)]], "more");
    expect(ids(withConversation(pages, at("x", 5)))).toEqual([["a", "b"]]);
  });

  it("takes one that sank below the loaded pages out of them", () => {
    const pages = pagesOf([[at("a", 30), at("b", 20)]], "more");
    expect(ids(withConversation(pages, at("a", 5)))).toEqual([["b"]]);
  });

  it("appends it when the list is complete, also when it was empty", () => {
    expect(ids(withConversation(pagesOf([[at("a", 30)]]), at("x", 5)))).toEqual([["a", "x"]]);
    expect(ids(withConversation(pagesOf([[]]), at("x", 5)))).toEqual([["x"]]);
  });
});

it("shows a row that moved up while paging once, at its newer place", () => {
  const rows = flatten(
    pagesOf([
      [at("c", 40), at("a", 30)],
      [at("b", 20), at("c", 10)],
    ]),
  );
  expect(rows.map((row) => row.id)).toEqual(["c", "a", "b"]);
});

it("is empty before anything is loaded", () => {
  expect(flatten(undefined)).toEqual([]);
});
