import { describe, expect, it } from "vitest";
import type { InternalNote } from "../../api/types";
import { aMessage } from "../../test/builders";
import { type Aside, toRows } from "../timeline/rows";

const options = { timeZone: "UTC", unreadFrom: null, unreadCount: 0 };

function note(id: string, at: string): Aside {
  return { type: "note", at, note: { id } as InternalNote };
}

function drawn(asides: Aside[], hasOlder = false): string[] {
  const messages = [
    aMessage({ id: "m1", at: "2026-03-01T08:00:00Z" }),
    aMessage({ id: "m2", at: "2026-03-01T08:01:00Z" }),
  ];
  return toRows(messages, { ...options, asides, hasOlder }).map(({ key }) => key);
}

describe("what colleagues say", () => {
  it("stands where it was said, and ends a group of messages", () => {
    const asides = [note("a", "2026-03-01T08:00:30Z"), note("b", "2026-03-02T08:00:00Z")];
    expect(drawn(asides)).toEqual([
      "day:2026-03-01",
      "m1",
      "note:a",
      "m2",
      "day:2026-03-02",
      "note:b",
    ]);
    const [, first, , second] = toRows(
      [
        aMessage({ id: "m1", at: "2026-03-01T08:00:00Z" }),
        aMessage({ id: "m2", at: "2026-03-01T08:01:00Z" }),
      ],
      { ...options, asides },
    );
    expect(first).toMatchObject({ last: true });
    expect(second).toMatchObject({ first: true });
  });

  it("before the oldest loaded message waits until that is loaded", () => {
    const early = [note("a", "2026-02-01T08:00:00Z")];
    expect(drawn(early, true)).not.toContain("note:a");
    expect(drawn(early)).toContain("note:a");
  });

  it("stands alone where nothing else was said", () => {
    const rows = toRows([], { ...options, asides: [note("a", "2026-03-01T08:00:00Z")] });
    expect(rows.map(({ type }) => type)).toEqual(["day", "note"]);
  });
});
