import { beforeEach, describe, expect, it } from "vitest";
import { keys } from "../api/keys";
import type { Notification, Page, Unread } from "../api/types";
import { aConversation } from "../test/builders";
import { benClient } from "../test/cache";
import { applyEvent } from "./applyEvent";
import { Overlay } from "./overlay";

let client = benClient();
let overlay = new Overlay(client);

function news(id: string): Notification {
  return {
    id,
    kind: "note.mentioned",
    conversation_id: "c1",
    contact_name: "王小明",
    actor: null,
    note: "",
    data: {},
    created_at: "2026-03-01T09:00:00Z",
    read_at: null,
  };
}

const hear = (payload: Notification) => {
  overlay.record({ kind: "notification.created", payload });
  applyEvent(client, { kind: "notification.created", payload });
};

const counted = () => client.getQueryData<Unread>(keys.unread);

/** Begins a fetch; the returned function lets the server's answer arrive. */
function fetching(queryKey: readonly unknown[]) {
  let answer: (data: unknown) => void = () => {};
  const done = client.fetchQuery({
    queryKey,
    queryFn: () => new Promise<unknown>((resolve) => (answer = resolve)),
    staleTime: 0,
  });
  return async (data: unknown) => {
    await Promise.resolve();
    answer(data);
    await done;
  };
}

beforeEach(() => {
  client = benClient();
  overlay = new Overlay(client);
  overlay.watch();
  client.setQueryData<Unread>(keys.unread, { unread: 0, mentions: 0 });
});

describe("the bell's number", () => {
  it("counts one notification once, whatever was being fetched when it came", async () => {
    const answers = ["c1", "c2", "c3"].map((id) => fetching(keys.conversation(id)));
    hear(news("n1"));
    for (const [at, arrive] of answers.entries()) await arrive(aConversation({ id: `c${at + 1}` }));
    expect(counted()).toEqual({ unread: 1, mentions: 1 });
  });

  it("counts one that a reconnection tells again once", () => {
    hear(news("n1"));
    hear(news("n1"));
    hear(news("n2"));
    expect(counted()).toEqual({ unread: 2, mentions: 2 });
  });

  it("is asked for again when one came while it was being asked for", async () => {
    const arrive = fetching(keys.unread);
    hear(news("n1"));
    await arrive({ unread: 0, mentions: 0 });
    expect(client.getQueryState(keys.unread)?.isInvalidated).toBe(true);
  });
});

it("puts a notification on top of a list whose answer is older", async () => {
  let answer: (page: Page<Notification>) => void = () => {};
  const done = client.fetchInfiniteQuery({
    queryKey: keys.notificationList("all"),
    queryFn: () => new Promise<Page<Notification>>((resolve) => (answer = resolve)),
    initialPageParam: "",
  });
  hear(news("n2"));
  await Promise.resolve();
  answer({ results: [news("n1")], next: null });
  await done;
  const data = client.getQueryData<{ pages: Page<Notification>[] }>(keys.notificationList("all"));
  expect(data?.pages[0]?.results.map(({ id }) => id)).toEqual(["n2", "n1"]);
});
