import { MantineProvider } from "@mantine/core";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeServer } from "../test/fakeServer";
import { DraftSync, type ServerDraft } from "./draftSync";
import { draftOf, draftsOf, hearOtherTabs, saveDraft } from "./drafts";
import { useDraft } from "./useDraft";

const PLACE = "0b0f1d4e-0000-4000-8000-000000000001";
const KEY = `kefu.draft.7.${PLACE}`;
const PUT = `PUT drafts/reply/${PLACE}`;
let server: FakeServer;
let stops: (() => void)[] = [];

const told = (text: string, revision: number): ServerDraft => ({
  place: `reply/${PLACE}`,
  text,
  reply_to: null,
  files: [],
  revision,
  changed_at: "2026-03-03T01:00:00Z",
});

/** What another tab of this browser does: the storage changes, and this page is told. */
function otherTabWrites(text: string): void {
  const oldValue = localStorage.getItem(KEY);
  if (text) localStorage.setItem(KEY, text);
  else localStorage.removeItem(KEY);
  const event = new StorageEvent("storage", { key: KEY, oldValue, newValue: text || null });
  act(() => void window.dispatchEvent(event));
}

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  server.install();
  draftsOf(7);
  stops = [hearOtherTabs(7)];
});

afterEach(() => {
  for (const stop of stops) stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const field = () => renderHook(() => useDraft(7, PLACE), { wrapper: MantineProvider });

describe("a field in a second tab", () => {
  it("takes over what is typed in the first, and what is sent there", () => {
    const { result } = field();
    otherTabWrites("abc");
    expect(result.current[0]).toBe("abc");
    otherTabWrites("");
    expect(result.current[0]).toBe("");
  });

  it("writes nothing over it that was not typed here, also on leaving", () => {
    const { unmount } = field();
    localStorage.setItem(KEY, "abc");
    window.dispatchEvent(new Event("pagehide"));
    unmount();
    expect(draftOf(PLACE, 7)).toBe("abc");
  });

  it("keeps what is being typed in it", () => {
    const { result } = field();
    act(() => result.current[1]("mine"));
    otherTabWrites("theirs");
    expect(result.current[0]).toBe("mine");
    act(() => void vi.advanceTimersByTime(300));
    expect(draftOf(PLACE, 7)).toBe("mine");
  });

  it("hears its own drafts only", () => {
    const { result } = field();
    const key = `kefu.draft.8.${PLACE}`;
    act(() => void window.dispatchEvent(new StorageEvent("storage", { key, newValue: "x" })));
    expect(result.current[0]).toBe("");
  });
});

describe("the server", () => {
  const sync = async () => {
    const made = new DraftSync(7);
    made.start();
    stops.push(() => made.stop());
    await vi.advanceTimersByTimeAsync(10);
    return made;
  };

  it("hears nothing from a tab in which nothing was typed", async () => {
    const made = await sync();
    field();
    otherTabWrites("abcd");
    await act(async () => made.hear(told("abc", 1)));
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.asks(PUT)).toEqual([]);
    expect(draftOf(PLACE, 7)).toBe("abcd");
  });

  it("hears once what was typed", async () => {
    await sync();
    server.overrides[PUT] = { body: told("abc", 1) };
    saveDraft(PLACE, "abc", 7);
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.asks(PUT).map(({ body }) => body)).toEqual([
      { text: "abc", files: [], revision: 0 },
    ]);
  });
});
