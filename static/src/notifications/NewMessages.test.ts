import { expect, it } from "vitest";
import { aMessage } from "../test/builders";
import { isNews } from "./NewMessages";

const NOW = Date.parse("2026-03-01T08:01:00Z");

it("is news once, when it has just come in from the customer", () => {
  const told = new Set<string>();
  expect(isNews(aMessage(), told, NOW)).toBe(true);
  expect(isNews(aMessage({ version: 2 }), told, NOW)).toBe(false);
});

it("is not news from ourselves, as a reaction, or out of the past", () => {
  expect(isNews(aMessage({ direction: "out" }), new Set(), NOW)).toBe(false);
  expect(isNews(aMessage({ kind: "reaction" }), new Set(), NOW)).toBe(false);
  expect(isNews(aMessage({ at: "2026-03-01T07:00:00Z" }), new Set(), NOW)).toBe(false);
});

it("does not remember for ever", () => {
  const told = new Set<string>();
  for (let n = 0; n < 1000; n += 1) isNews(aMessage({ id: `m${n}` }), told, NOW);
  expect(told.size).toBe(500);
  expect(told.has("m999")).toBe(true);
});
