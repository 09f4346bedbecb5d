import { describe, expect, it } from "vitest";
import { aMessage } from "../../test/builders";
import { mergePages, mergeWaiting } from "./order";
import { type Row, toRows, unreadStart } from "./rows";

const at = (time: string) => `2026-03-01T${time}Z`;
const ids = (messages: { id: string }[]) => messages.map(({ id }) => id);
const page = (...results: ReturnType<typeof aMessage>[]) => ({ results, next: null });
const plain = { timeZone: "Asia/Taipei", unreadFrom: null, unreadCount: 0 };

const m1 = aMessage({ id: "m1", at: at("08:00:00") });
const m2 = aMessage({ id: "m2", at: at("08:01:00") });
const m3 = aMessage({ id: "m3", at: at("08:02:00") });

describe("pages", () => {
  it("become one list, oldest first", () => {
    expect(ids(mergePages([page(m3, m2), page(m1)]))).toEqual(["m1", "m2", "m3"]);
  });

  it("that overlap show each message once, in its newest version", () => {
    const newer = { ...m2, version: 4, status: "read" as const };
    const merged = mergePages([page(m3, newer), page(m2, m1)]);
    expect(ids(merged)).toEqual(["m1", "m2", "m3"]);
    expect(merged[1]?.version).toBe(4);
  });

  it("are put in order when a late message was written in front", () => {
    const late = aMessage({ id: "late", at: at("08:00:30") });
    expect(ids(mergePages([page(late, m3, m2), page(m1)]))).toEqual(["m1", "late", "m2", "m3"]);
  });

  it("know a whole second to be earlier than its fractions", () => {
    const asked = aMessage({ id: "a", at: at("08:00:05") });
    const answered = aMessage({ id: "b", at: at("08:00:05.300000"), direction: "out" });
    expect(ids(mergePages([page(answered, asked)]))).toEqual(["a", "b"]);
    expect(ids(mergePages([page(asked), page(answered)]))).toEqual(["a", "b"]);
  });

  it("break ties of time by id", () => {
    const twin = aMessage({ id: "m0", at: m1.at });
    expect(ids(mergePages([page(m1, twin)]))).toEqual(["m0", "m1"]);
    expect(ids(mergePages([page(twin, m1)]))).toEqual(["m0", "m1"]);
  });
});

describe("waiting messages", () => {
  const waiting = aMessage({ id: "waiting:r1", client_ref: "r1", at: at("07:00:00") });

  it("stand at the end, even when this computer's clock is behind", () => {
    expect(ids(mergeWaiting([m1, m2], [waiting]))).toEqual(["m1", "m2", "waiting:r1"]);
  });

  it("give way to the server's message with the same client_ref", () => {
    const real = aMessage({ id: "m9", client_ref: "r1", direction: "out" });
    expect(ids(mergeWaiting([m1, real], [waiting]))).toEqual(["m1", "m9"]);
  });
});

const shape = (rows: Row[]) =>
  rows.map((row) =>
    row.type === "message"
      ? `${row.message.id}${row.first ? "^" : ""}${row.last ? "$" : ""}`
      : row.type,
  );

describe("rows", () => {
  it("group one author's messages within five minutes", () => {
    const late = aMessage({ id: "m4", at: at("08:07:01") });
    expect(shape(toRows([m1, m2, late], plain))).toEqual(["day", "m1^", "m2$", "m4^$"]);
  });

  it("part messages of two agents", () => {
    const out = { direction: "out" as const, at: at("08:01:00") };
    const ana = aMessage({ ...out, id: "a", author: { id: 1, name: "Ana" } });
    const ben = aMessage({ ...out, id: "b", author: { id: 2, name: "Ben" } });
    expect(shape(toRows([ana, ben], plain))).toEqual(["day", "a^$", "b^$"]);
  });

  it("begin a day by the reader's clock, not by UTC", () => {
    const before = aMessage({ id: "x", at: "2026-03-01T15:59:00Z" });
    const after = aMessage({ id: "y", at: "2026-03-01T16:00:00Z" });
    expect(shape(toRows([before, after], plain))).toEqual(["day", "x^$", "day", "y^$"]);
    expect(shape(toRows([before, after], { ...plain, timeZone: "UTC" }))).toEqual([
      "day",
      "x^",
      "y$",
    ]);
  });

  it("tell where unread begins, and group anew there", () => {
    const rows = toRows([m1, m2, m3], { ...plain, unreadFrom: "m2", unreadCount: 2 });
    expect(shape(rows)).toEqual(["day", "m1^$", "unread", "m2^", "m3$"]);
  });

  it("keep their key when the server's message takes the place of the waiting one", () => {
    const waiting = aMessage({ id: "waiting:r1", client_ref: "r1", direction: "out" });
    const real = { ...waiting, id: "m9" };
    const keys = (message: typeof real) => toRows([message], plain).map(({ key }) => key);
    expect(keys(waiting)).toEqual(keys(real));
  });

  it("leave out reactions, which are shown on their target", () => {
    expect(shape(toRows([aMessage({ kind: "reaction" })], plain))).toEqual([]);
  });

  it("for 10,000 messages are made in well under a frame budget of 200 ms", () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      aMessage({ id: `m${index}`, at: new Date(1.77e12 + index * 60_000).toISOString() }),
    );
    const pages = [page(...many.reverse())];
    const took = Array.from({ length: 5 }, () => {
      const start = performance.now();
      expect(toRows(mergePages(pages), plain).length).toBeGreaterThan(10_000);
      return performance.now() - start;
    });
    // The quickest of a few: the others may have shared their core with other work.
    expect(Math.min(...took)).toBeLessThan(200);
  });
});

describe("the start of unread", () => {
  const out = aMessage({ id: "o", direction: "out" });

  it("is the n-th last message of the customer", () => {
    expect(unreadStart([m1, m2, out, m3], 2)).toBe("m2");
  });

  it("is unknown while it is not loaded", () => {
    expect(unreadStart([m3], 2)).toBeNull();
    expect(unreadStart([m3], 0)).toBeNull();
  });
});
