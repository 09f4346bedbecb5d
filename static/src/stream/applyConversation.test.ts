import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../api/keys";
import type { Conversation } from "../api/types";
import { aConversation, aMessage } from "../test/builders";
import { benClient, idsIn, listed, loadList, loadMessages } from "../test/cache";
import {
  applyConversation,
  applyLeft,
  applyRead,
  patchConversation,
  restoreConversation,
} from "./applyConversation";
import { applyEvent } from "./applyEvent";

const mine = { id: 7, name: "Ben" };
const theirs = { id: 8, name: "Cho" };
let client = benClient();

const changed = (change: Partial<Conversation>) =>
  applyEvent(client, {
    kind: "conversation.changed",
    payload: aConversation({ read_count: null, ...change }),
  });

beforeEach(() => {
  client = benClient();
});

describe("a changed conversation", () => {
  it("appears in the views it belongs to and in no other", () => {
    for (const view of ["mine", "unassigned", "all", "resolved"] as const) {
      loadList(client, view, [[]]);
    }
    changed({ version: 1 });
    expect(idsIn(client, "unassigned")).toEqual(["c1"]);
    expect(idsIn(client, "all")).toEqual(["c1"]);
    expect(idsIn(client, "mine")).toEqual([]);
    changed({ version: 2, assignee: mine });
    expect(idsIn(client, "unassigned")).toEqual([]);
    expect(idsIn(client, "mine")).toEqual(["c1"]);
    changed({ version: 3, assignee: mine, state: "resolved" });
    expect(idsIn(client, "all")).toEqual([]);
    expect(idsIn(client, "mine")).toEqual([]);
    expect(idsIn(client, "resolved")).toEqual(["c1"]);
  });

  it("leaves lists alone that are not loaded", () => {
    changed({ version: 2 });
    expect(client.getQueryData(keys.list("all"))).toBeUndefined();
    expect(client.getQueryData(keys.conversation("c1"))).toBeUndefined();
  });

  it("keeps this agent's own read count", () => {
    loadList(client, "all", [[aConversation({ inbound_count: 4, read_count: 3 })]]);
    changed({ version: 2, inbound_count: 5 });
    expect(listed(client, "all")[0]).toMatchObject({ inbound_count: 5, read_count: 3 });
  });

  it("begun just now is all unread; of an older one met first only the server knows", () => {
    loadList(client, "all", [[]]);
    const last_activity_at = "2026-03-01T08:00:00Z";
    changed({ id: "new", created_at: "2026-03-01T07:59:00Z", last_activity_at });
    changed({ id: "old", created_at: "2026-02-01T07:59:00Z", last_activity_at });
    const counts = listed(client, "all").map(({ id, read_count }) => [id, read_count]);
    expect(counts).toEqual([
      ["old", null],
      ["new", 0],
    ]);
  });

  it("does not let an answer from before the reading take the reading back", () => {
    loadList(client, "all", [[aConversation({ inbound_count: 4, read_count: 4 })]]);
    applyConversation(client, aConversation({ version: 2, inbound_count: 4, read_count: 1 }));
    expect(listed(client, "all")[0]?.read_count).toBe(4);
  });

  it("is ignored when older than what is known, also when it had left the list", () => {
    loadList(client, "mine", [[aConversation({ version: 3, assignee: mine })]]);
    changed({ version: 5, assignee: theirs });
    changed({ version: 4, assignee: mine });
    expect(idsIn(client, "mine")).toEqual([]);
  });

  it("does nothing when repeated", () => {
    loadList(client, "all", [[aConversation()]]);
    changed({ version: 2 });
    const before = client.getQueryData(keys.list("all"));
    changed({ version: 2 });
    expect(client.getQueryData(keys.list("all"))).toBe(before);
  });

  it("keeps its place, and every other row untouched, when only its words changed", () => {
    const other = aConversation({ id: "c0", last_activity_at: "2026-03-01T09:00:00Z" });
    loadList(client, "all", [[other, aConversation()]]);
    changed({ version: 2, case_number: 9 });
    expect(idsIn(client, "all")).toEqual(["c0", "c1"]);
    expect(listed(client, "all")[0]).toBe(other);
    expect(listed(client, "all")[1]?.case_number).toBe(9);
  });

  it("moves up when there is new activity", () => {
    const other = aConversation({ id: "c0", last_activity_at: "2026-03-01T09:00:00Z" });
    loadList(client, "all", [[other, aConversation()]]);
    changed({ version: 2, last_activity_at: "2026-03-01T10:00:00Z" });
    expect(idsIn(client, "all")).toEqual(["c1", "c0"]);
  });

  it("updates the open page", () => {
    client.setQueryData(keys.conversation("c1"), aConversation());
    changed({ version: 2, state: "resolved" });
    expect(client.getQueryData<Conversation>(keys.conversation("c1"))?.state).toBe("resolved");
  });
});

describe("losing sight of a conversation", () => {
  const left = () => applyEvent(client, { kind: "conversation.left", payload: { id: "c1" } });

  it("takes it and its messages away", () => {
    loadList(client, "all", [[aConversation()]]);
    client.setQueryData(keys.conversation("c1"), aConversation());
    loadMessages(client, [[aMessage()]]);
    left();
    expect(idsIn(client, "all")).toEqual([]);
    expect(client.getQueryData(keys.conversation("c1"))).toBeNull();
    expect(client.getQueryData(keys.messages("c1"))).toBeUndefined();
  });

  it("is not undone by a late event from before", () => {
    loadList(client, "all", [[aConversation({ version: 4 })]]);
    left();
    changed({ version: 3 });
    changed({ version: 4 });
    expect(idsIn(client, "all")).toEqual([]);
    applyEvent(client, { kind: "message.changed", payload: aMessage() });
    expect(client.getQueryData(keys.messages("c1"))).toBeUndefined();
  });

  it("ends when it comes back newer", () => {
    loadList(client, "all", [[aConversation({ version: 4 })]]);
    left();
    changed({ version: 5 });
    expect(idsIn(client, "all")).toEqual(["c1"]);
  });

  it("twice is the same as once", () => {
    loadList(client, "all", [[aConversation({ version: 4 })]]);
    left();
    left();
    changed({ version: 4 });
    expect(idsIn(client, "all")).toEqual([]);
  });

  it("takes everything with it that was said beside it and prepared for it", () => {
    const beside = [
      keys.messages("c1"),
      keys.internalNotes("c1"),
      keys.handovers("c1"),
      keys.scheduled("c1"),
      keys.prepared("c1", 4),
      keys.macroLook("c1", "m1"),
      keys.coachingOf("c1"),
      [...keys.coachingOf("c1"), "messages"],
      keys.risks("c1", "2026-03-01 raised"),
      keys.mentionable("c1"),
    ];
    for (const key of beside) client.setQueryData(key, { results: [] });
    client.setQueryData(keys.internalNotes("c2"), { pages: [] });
    applyEvent(client, { kind: "conversation.left", payload: { id: "c1" } });
    expect(beside.filter((key) => client.getQueryData(key) !== undefined)).toEqual([]);
    expect(client.getQueryData(keys.internalNotes("c2"))).toBeDefined();
  });

  it("of one never seen does no harm", () => {
    loadList(client, "all", [[]]);
    applyLeft(client, "unknown");
    expect(idsIn(client, "all")).toEqual([]);
  });
});

describe("reading in another tab", () => {
  it("shows here", () => {
    loadList(client, "all", [[aConversation({ inbound_count: 3, read_count: 1 })]]);
    applyEvent(client, { kind: "conversation.read", payload: { id: "c1", read_count: 3 } });
    expect(listed(client, "all")[0]?.read_count).toBe(3);
  });

  it("never goes backwards", () => {
    loadList(client, "all", [[aConversation({ inbound_count: 3, read_count: 3 })]]);
    applyRead(client, "c1", 2);
    expect(listed(client, "all")[0]?.read_count).toBe(3);
  });

  it("of one not known here is ignored", () => {
    applyRead(client, "c1", 2);
    expect(client.getQueryData(keys.conversation("c1"))).toBeUndefined();
  });
});

describe("an optimistic change", () => {
  it("shows at once and goes back when refused", () => {
    loadList(client, "all", [[aConversation()]]);
    const before = patchConversation(client, "c1", { state: "resolved" });
    expect(idsIn(client, "all")).toEqual([]);
    restoreConversation(client, before);
    expect(idsIn(client, "all")).toEqual(["c1"]);
  });

  it("is not undone by a repeat of the old event", () => {
    loadList(client, "all", [[aConversation()]]);
    patchConversation(client, "c1", { state: "resolved" });
    changed({ version: 1 });
    expect(idsIn(client, "all")).toEqual([]);
  });

  it("is not taken back over something newer", () => {
    loadList(client, "all", [[aConversation()]]);
    const before = patchConversation(client, "c1", { case_number: 2 });
    changed({ version: 2, case_number: 3 });
    restoreConversation(client, before);
    expect(listed(client, "all")[0]?.case_number).toBe(3);
  });

  it("of one not known is nothing to take back", () => {
    const before = patchConversation(client, "c1", { state: "resolved" });
    expect(before).toBeUndefined();
    restoreConversation(client, before);
    expect(client.getQueryData(keys.conversation("c1"))).toBeUndefined();
  });
});
