import { expect, it } from "vitest";
import { backoff } from "./backoff";

it("doubles from half a second to fifteen, the upper half at random", () => {
  const longest = [0, 1, 2, 3, 4, 5, 9].map((attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  expect(backoff(0, () => 0)).toBe(250);
  expect(backoff(9, () => 0)).toBe(7500);
});
