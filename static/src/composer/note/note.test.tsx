import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { aMessage } from "../../test/builders";
import { fakeThread, openThread } from "../../thread/test/openThread";
import { draftOf } from "../drafts";
import { noteOf } from "./useNote";

const scene = fakeThread();
const NOTES = "POST conversations/c1/notes";
const place = noteOf("c1");
const stored = (text: string) => ({
  status: 201,
  body: {
    id: "k1",
    version: 1,
    conversation_id: "c1",
    client_ref: "r",
    text,
    mentions: [],
    files: [],
    author: { id: 7, name: "Ben" },
    created_at: new Date().toISOString(),
    edited_at: null,
    deleted_at: null,
  },
});

async function writeNote(text: string): Promise<() => void> {
  const { leave } = openThread(scene.server, [aMessage()]);
  await userEvent.click(await screen.findByRole("button", { name: "Internal note" }));
  await userEvent.type(await screen.findByRole("textbox", { name: /Internal note on/ }), text);
  return leave;
}

const refs = () =>
  scene.server.asks(NOTES).map(({ body }) => (body as { client_ref: string }).client_ref);

describe("a note", () => {
  it("that is stored leaves its draft, wherever its writer is by then", async () => {
    let answer: (given: object) => void = () => {};
    scene.server.overrides[NOTES] = () => new Promise((resolve) => (answer = resolve));
    const leave = await writeNote("Look{Enter}");
    await waitFor(() => expect(refs()).toHaveLength(1));
    leave();
    expect(draftOf(place, 7)).toBe("Look");
    await act(async () => answer(stored("Look")));
    await waitFor(() => expect(draftOf(place, 7)).toBe(""));
    expect(Object.keys(localStorage).filter((key) => key.endsWith("#refs"))).toEqual([]);
  });

  it("keeps its reference when it is tried again later, and another note has another", async () => {
    scene.server.refuse(NOTES, 503, { code: "unavailable" });
    const leave = await writeNote("Look{Enter}");
    await waitFor(() => expect(refs()).toHaveLength(1));
    leave();
    scene.server.overrides[NOTES] = () => stored("Look");
    await writeNote("{Enter}");
    await waitFor(() => expect(draftOf(place, 7)).toBe(""));
    expect(new Set(refs()).size).toBe(1);
    await userEvent.type(screen.getByRole("textbox", { name: /Internal note on/ }), "Look{Enter}");
    await waitFor(() => expect(refs()).toHaveLength(3));
    expect(new Set(refs()).size).toBe(2);
  });
});

it("on a phone, Enter is a new line and posts nothing", async () => {
  const usual = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((media) =>
    Object.defineProperty(usual(media), "matches", { value: media.includes("coarse") }),
  );
  await writeNote("Look{Enter}here");
  const field = screen.getByRole("textbox", { name: /Internal note on/ });
  expect(field).toHaveValue("Look\nhere");
  expect(refs()).toEqual([]);
});
