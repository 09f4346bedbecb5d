import { expect, it } from "vitest";
import { compareTimes, newestFirst } from "./order";

it("compares whole seconds with fractions rightly", () => {
  expect(compareTimes("2026-03-01T08:00:00Z", "2026-03-01T08:00:00.500000Z")).toBeLessThan(0);
  expect(compareTimes("2026-03-01T08:00:01Z", "2026-03-01T08:00:00.500000Z")).toBeGreaterThan(0);
});

it("tells microseconds apart", () => {
  const [a, b] = ["2026-03-01T08:00:00.000001Z", "2026-03-01T08:00:00.000002Z"] as const;
  expect([compareTimes(a, b), compareTimes(b, a), compareTimes(a, a)]).toEqual([-1, 1, 0]);
  expect(compareTimes("2026-03-01T08:00:00Z", a)).toBe(-1);
});

it("puts the newest first, and of equal times the greater id", () => {
  const order = newestFirst((item: { id: string; at: string }) => item.at);
  const items = [
    { id: "a", at: "2026-03-01T08:00:00Z" },
    { id: "b", at: "2026-03-01T08:00:00Z" },
    { id: "c", at: "2026-03-01T08:00:00.1Z" },
  ];
  expect(items.sort(order).map((item) => item.id)).toEqual(["c", "b", "a"]);
});
