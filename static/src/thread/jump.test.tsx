import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { keys } from "../api/keys";
import type { Message } from "../api/types";
import { memoryOf } from "../stream/memory";
import { aMessage } from "../test/builders";
import { fakeThread, GET, openThread } from "./test/openThread";

const scene = fakeThread();
const minute = 60_000;

function said(index: number, change: Partial<Message> = {}): Message {
  return aMessage({
    id: `m${index}`,
    at: new Date(Date.parse("2026-03-01T08:00:00Z") + index * minute).toISOString(),
    content: { text: `number ${index}` },
    ...change,
  });
}

const answering = (id: string) =>
  said(40, {
    quoted: { id, kind: "text", direction: "in", text: "long ago", author_name: null },
  });

/** Pages of ten, newest first, as the server gives them. */
function pages(messages: Message[]): void {
  const newest = [...messages].reverse();
  scene.server.overrides[GET] = () => {
    const asked = scene.server.asks(GET).at(-1)?.path.split("?")[1];
    const at = Number(new URLSearchParams(asked).get("cursor") ?? 0);
    const next = at + 10 < newest.length ? String(at + 10) : null;
    return { body: { results: newest.slice(at, at + 10), next } };
  };
}

const quote = () => screen.findByRole("button", { name: /long ago/ });

describe("a quoted message", () => {
  it("is gone to, loading older pages until it is there", async () => {
    pages([...Array.from({ length: 40 }, (_, index) => said(index)), answering("m2")]);
    openThread(scene.server, []);
    await userEvent.click(await quote());
    await waitFor(() => expect(scene.server.asks(GET).length).toBeGreaterThanOrEqual(4));
    const found = await screen.findByRole("article", { name: /number 2$/ });
    await waitFor(() => expect(found).toHaveAttribute("data-highlighted", "true"));
  });

  it("that is nowhere to be found is said to be so", async () => {
    pages([...Array.from({ length: 25 }, (_, index) => said(index)), answering("gone")]);
    openThread(scene.server, []);
    await userEvent.click(await quote());
    expect(await screen.findByText(/was not found/)).toBeInTheDocument();
  });
});

it("lets go of threads closed long ago, and keeps the last ones", async () => {
  const { client, leave } = openThread(scene.server, [aMessage()]);
  await screen.findByRole("article");
  const { threads } = memoryOf(client);
  for (let n = 0; n < 30; n += 1) {
    client.setQueryData(keys.messages(`old${n}`), { pages: [], pageParams: [] });
    threads.set(`old${n}`, true);
  }
  leave();
  const held = client.getQueryCache().findAll({ queryKey: keys.allMessages });
  expect(held).toHaveLength(25);
  expect(client.getQueryData(keys.messages("old0"))).toBeUndefined();
  expect(client.getQueryData(keys.messages("old29"))).toBeDefined();
});
