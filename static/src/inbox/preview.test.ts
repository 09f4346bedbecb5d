import { describe, expect, it } from "vitest";
import i18n from "../i18n";
import { aConversation } from "../test/builders";
import { isUnread, previewAuthor, previewText, unreadOf, waitedMs, windowHint } from "./preview";

const t = i18n.getFixedT("en");
const NOW = Date.parse("2026-03-01T08:00:00Z");
const base = aConversation().last_message;
if (!base) throw new Error("the built conversation has a last message");

describe("the preview", () => {
  it("names the kind when there are no words", () => {
    expect(previewText({ ...base, kind: "image", text: "" }, t)).toBe("Photo");
    expect(previewText({ ...base, kind: "image", text: "Look" }, t)).toBe("Look");
  });

  it("says which side deleted it", () => {
    const gone = { ...base, text: "", revoked: true };
    expect(previewText({ ...gone, direction: "in" }, t)).toBe("Deleted by the customer");
    expect(previewText({ ...gone, direction: "out" }, t)).toBe("Deleted by us");
  });

  it("says who wrote it when it was the team", () => {
    const out = { ...base, direction: "out" as const };
    expect(previewAuthor({ ...out, author_name: "Ben" }, "Ben", t)).toBe("You");
    expect(previewAuthor({ ...out, author_name: "Cho" }, "Ben", t)).toBe("Cho");
    expect(previewAuthor({ ...out, author_name: null }, "Ben", t)).toBeNull();
    expect(previewAuthor({ ...base, author_name: "Ben" }, "Ben", t)).toBeNull();
  });
});

describe("unread", () => {
  it("is what came in and was not read, never less than nothing", () => {
    expect(unreadOf(aConversation({ inbound_count: 5, read_count: 2 }))).toBe(3);
    expect(unreadOf(aConversation({ inbound_count: 1, read_count: 2 }))).toBe(0);
  });

  it("unknown counts while the customer has the last word", () => {
    const unknown = aConversation({ read_count: null });
    expect(unreadOf(unknown)).toBeNull();
    expect(isUnread(unknown)).toBe(true);
    expect(isUnread({ ...unknown, last_message: { ...base, direction: "out" } })).toBe(false);
  });
});

describe("the 24-hour window", () => {
  const closing = (iso: string | null) => windowHint(aConversation({ window_closes_at: iso }), NOW);

  it("is mentioned only when it is about to close, or has", () => {
    expect(closing(null)).toBeNull();
    expect(closing("2026-03-01T12:00:00Z")).toBeNull();
    expect(closing("2026-03-01T09:30:00Z")).toEqual({ state: "closing", ms: 90 * 60_000 });
    expect(closing("2026-03-01T08:00:00Z")).toEqual({ state: "closed" });
  });

  it("does not matter once resolved", () => {
    const resolved = { state: "resolved" as const, window_closes_at: "2026-03-01T07:00:00Z" };
    expect(windowHint(aConversation(resolved), NOW)).toBeNull();
  });
});

describe("waiting", () => {
  const since = (waiting_since: string | null, last_activity_at: string) =>
    waitedMs(aConversation({ waiting_since, last_activity_at }), NOW);

  it("is said from an hour on", () => {
    expect(since("2026-03-01T07:01:00Z", "2026-03-01T07:01:00Z")).toBeNull();
    expect(since("2026-03-01T07:00:00Z", "2026-03-01T07:00:00Z")).toBe(3_600_000);
  });

  it("is said from five minutes on when the customer has written again since", () => {
    expect(since("2026-03-01T07:56:00Z", "2026-03-01T07:59:00Z")).toBeNull();
    expect(since("2026-03-01T07:55:00Z", "2026-03-01T07:59:00Z")).toBe(300_000);
    expect(since("2026-03-01T07:50:00Z", "2026-03-01T07:50:10Z")).toBeNull();
  });

  it("is over once answered or resolved", () => {
    expect(since(null, "2026-03-01T07:00:00Z")).toBeNull();
    const waiting_since = "2026-03-01T07:00:00Z";
    expect(waitedMs(aConversation({ state: "resolved", waiting_since }), NOW)).toBeNull();
  });
});
