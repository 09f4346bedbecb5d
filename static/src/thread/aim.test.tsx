import { screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import type { InternalNote, Message } from "../api/types";
import { aMessage } from "../test/builders";
import { fakeThread, GET, openThread } from "./test/openThread";

const scene = fakeThread();
const OLD = "11111111-1111-4111-8111-111111111111";
const at = (minute: number) =>
  new Date(Date.parse("2026-03-01T08:00:00Z") + minute * 60_000).toISOString();
const said = (index: number): Message =>
  aMessage({ id: `m${index}`, at: at(index), content: { text: `number ${index}` } });
const note = {
  id: OLD,
  conversation_id: "c1",
  author: { id: 9, name: "Fay" },
  text: "long ago",
  created_at: at(2),
  edited_at: null,
  deleted_at: null,
  client_ref: "r1",
  version: 1,
  mentions: [],
  files: [],
} as InternalNote;

beforeEach(() => {
  const newest = Array.from({ length: 40 }, (_, index) => said(39 - index));
  scene.server.overrides[GET] = () => {
    const asked = scene.server.asks(GET).at(-1)?.path.split("?")[1];
    const from = Number(new URLSearchParams(asked).get("cursor") ?? 0);
    const next = from + 10 < newest.length ? String(from + 10) : null;
    return { body: { results: newest.slice(from, from + 10), next } };
  };
});

it("goes to an old note, loading older messages until its moment", async () => {
  scene.server.overrides["GET conversations/c1/notes"] = { body: { results: [note], next: null } };
  history.replaceState(null, "", `/inbox/all/c1#note-${OLD}`);
  openThread(scene.server, []);
  expect(await screen.findByText("long ago", {}, { timeout: 5000 })).toBeInTheDocument();
  await waitFor(() => expect(location.hash).toBe(""));
  expect(scene.server.asks(GET).length).toBeGreaterThanOrEqual(4);
});

it("says of a note that is not there any more that it is not, and forgets the way", async () => {
  history.replaceState(null, "", `/inbox/all/c1#note-${OLD}`);
  openThread(scene.server, []);
  expect(await screen.findByText(/note was not found/, {}, { timeout: 5000 })).toBeInTheDocument();
  expect(location.hash).toBe("");
});
