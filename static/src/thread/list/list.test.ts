import { beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../../test/builders";
import { toRows } from "../timeline/rows";
import { estimateRow } from "./estimate";
import { arrivedSince } from "./JumpDown";
import { forgetPositions, keepPosition, positionOf } from "./positions";

const options = { timeZone: "Asia/Taipei", unreadFrom: null, unreadCount: 0 };
const said = (id: string, minute: number, out = false) =>
  aMessage({
    id,
    at: `2026-03-01T08:0${minute}:00Z`,
    direction: out ? "out" : "in",
  });

describe("what arrived since", () => {
  const rows = toRows([said("a", 0), said("b", 1), said("c", 2, true), said("d", 3)], options);

  it("counts the customer's messages only", () => {
    expect(arrivedSince(rows, "a")).toBe(2);
    expect(arrivedSince(rows, "d")).toBe(0);
  });

  it("is nothing when nobody knows since when", () => {
    expect(arrivedSince(rows, null)).toBe(0);
    expect(arrivedSince(rows, "never seen")).toBe(0);
  });

  it("begins at the unread divider when there is one", () => {
    const unread = toRows([said("a", 0), said("b", 1), said("d", 3)], {
      ...options,
      unreadFrom: "b",
      unreadCount: 2,
    });
    expect(arrivedSince(unread, "unread")).toBe(2);
  });
});

describe("positions", () => {
  beforeEach(forgetPositions);
  const at = (key: string) => ({ key, offset: 4, sizes: [] });

  it("are kept per thread, and forgotten when it was left at its end", () => {
    keepPosition("c1", at("m1"));
    keepPosition("c2", at("m2"));
    keepPosition("c2", null);
    expect([positionOf("c1")?.key, positionOf("c2")]).toEqual(["m1", null]);
  });

  it("do not pile up: the threads left longest ago go first", () => {
    for (let index = 0; index < 150; index += 1) keepPosition(`c${index}`, at("m"));
    expect(positionOf("c49")).toBeNull();
    expect(positionOf("c50")?.key).toBe("m");
  });
});

describe("the guessed height", () => {
  const heightOf = (message: ReturnType<typeof aMessage>) =>
    estimateRow(toRows([message], options).at(-1) as never);

  it("grows with the text and makes room for pictures", () => {
    const short = heightOf(aMessage());
    const long = heightOf(aMessage({ content: { text: "字".repeat(400) } }));
    const media = { id: "f", state: "fetching" as const, kind: "image", width: 1280, height: 960 };
    const rest = { mime_type: null, size: null, name: null, url: "", thumbnail_url: null };
    const picture = heightOf(
      aMessage({ kind: "image", content: { media: { ...media, ...rest } } }),
    );
    expect(long).toBeGreaterThan(short * 3);
    expect(picture).toBeGreaterThan(240);
  });
});
