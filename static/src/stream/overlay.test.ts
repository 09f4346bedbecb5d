import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../api/keys";
import type { Conversation, Message, Page } from "../api/types";
import { aConversation, aMessage } from "../test/builders";
import { benClient, idsIn, listed, messagesIn } from "../test/cache";
import { applyEvent } from "./applyEvent";
import { knownConversation } from "./memory";
import { Overlay } from "./overlay";

let client = benClient();
let overlay = new Overlay(client);

const hear = (kind: string, payload: unknown) => {
  overlay.record({ kind, payload });
  applyEvent(client, { kind, payload });
};

/** Begins a fetch; the returned function lets the server's answer arrive. */
function fetching<T>(queryKey: readonly unknown[]) {
  let answer: (page: Page<T>) => void = () => {};
  const done = client.fetchInfiniteQuery({
    queryKey,
    queryFn: () => new Promise<Page<T>>((resolve) => (answer = resolve)),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.next,
    staleTime: 0,
  });
  return async (results: T[]) => {
    await Promise.resolve();
    answer({ results, next: null });
    await done;
  };
}

beforeEach(() => {
  client = benClient();
  overlay = new Overlay(client);
  overlay.watch();
});

describe("what the stream says while a list is being fetched", () => {
  it("is put on top of the older answer", async () => {
    const arrive = fetching<Conversation>(keys.list("all"));
    hear("conversation.changed", aConversation({ version: 2, case_number: 9, read_count: null }));
    await arrive([aConversation({ version: 1, case_number: 1, read_count: 1 })]);
    expect(listed(client, "all")[0]).toMatchObject({ version: 2, case_number: 9 });
  });

  it("adds a conversation the answer did not have yet", async () => {
    const arrive = fetching<Conversation>(keys.list("all"));
    hear("conversation.changed", aConversation({ id: "new", read_count: null }));
    await arrive([aConversation({ id: "old", last_activity_at: "2026-03-01T07:00:00Z" })]);
    expect(idsIn(client, "all")).toEqual(["new", "old"]);
  });

  it("keeps one away that was left meanwhile", async () => {
    const arrive = fetching<Conversation>(keys.list("all"));
    hear("conversation.left", { id: "c1" });
    await arrive([aConversation()]);
    expect(idsIn(client, "all")).toEqual([]);
  });

  it("adds a message the answer did not have yet", async () => {
    const arrive = fetching<Message>(keys.messages("c1"));
    hear("message.changed", aMessage({ id: "m2", at: "2026-03-01T09:00:00Z" }));
    await arrive([aMessage({ id: "m1" })]);
    expect(messagesIn(client).map((message) => message.id)).toEqual(["m2", "m1"]);
  });

  it("makes the list be fetched again when it was too much to remember", async () => {
    const arrive = fetching<Conversation>(keys.list("all"));
    hear("conversation.changed", aConversation({ id: "new", read_count: null }));
    for (let n = 0; n < 2000; n += 1) hear("message.changed", aMessage({ id: `m${n}` }));
    await arrive([aConversation()]);
    expect(client.getQueryState(keys.list("all"))?.isInvalidated).toBe(true);
  });

  it("does not count when it came before the fetch began", async () => {
    hear("message.changed", aMessage({ id: "m2", at: "2026-03-01T09:00:00Z" }));
    const arrive = fetching<Message>(keys.messages("c1"));
    await arrive([aMessage({ id: "m1" })]);
    expect(messagesIn(client).map((message) => message.id)).toEqual(["m1"]);
  });
});

it("shows a conversation again that the server lists after it was left", async () => {
  hear("conversation.changed", aConversation({ version: 3, read_count: null }));
  hear("conversation.left", { id: "c1" });
  const arrive = fetching<Conversation>(keys.list("all"));
  await arrive([aConversation({ version: 3 })]);
  expect(idsIn(client, "all")).toEqual(["c1"]);
  expect(knownConversation(client, "c1")?.version).toBe(3);
});

it("learns from every fetch, so that a later old event cannot win", async () => {
  const arrive = fetching<Conversation>(keys.list("all"));
  await arrive([aConversation({ version: 5 })]);
  hear("conversation.changed", aConversation({ version: 4, state: "resolved", read_count: null }));
  expect(idsIn(client, "all")).toEqual(["c1"]);
});
