import { expect, test } from "vitest";
import { shareRead } from "./figures";
import type { Source } from "./queries";

const reading = {
  doing: "backfilling",
  expected: 300,
  counts: [{ resource: "orders", read: 100, written: 90, refused: 10 }],
} as unknown as Source;

test("how much of a shop's past is read is told while it is being read, and never more than all", () => {
  expect(shareRead(reading)).toBe(33);
  expect(shareRead({ ...reading, counts: [] })).toBe(0);
  expect(shareRead({ ...reading, expected: 50 })).toBe(100);
  expect(shareRead({ ...reading, expected: null })).toBeNull();
  expect(shareRead({ ...reading, doing: "following" })).toBeNull();
});
