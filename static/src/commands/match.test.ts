import { describe, expect, it } from "vitest";
import { fitAny, scoreOf } from "./match";

describe("what fits", () => {
  it.each([
    ["res", "Resolve"],
    ["RES", "resolve"],
    ["oplog", "Operation log"],
    ["log op", "Operation log"],
    ["指派", "指派給同事"],
    ["指同", "指派給同事"],
    ["ＲＥＳ", "Resolve"],
    ["cafe", "Café"],
    ["", "anything"],
  ])("%s finds %s", (query, text) => expect(scoreOf(query, text)).toBeGreaterThan(0));

  it.each([
    ["xyz", "Resolve"],
    ["派指", "指派"],
    ["resolve now", "Resolve"],
  ])("%s does not find %s", (query, text) => expect(scoreOf(query, text)).toBe(0));

  it("takes what asks something next for the whole of its name", () => {
    expect(scoreOf("delete", "Delete…")).toBeGreaterThan(scoreOf("delete", "deleted"));
  });

  it("prefers the whole, then the beginning, then the beginning of a word, then anywhere", () => {
    const order = ["log", "log out", "operation log", "catalogue", "large old gate"];
    const scores = order.map((text) => scoreOf("log", text));
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(scores.every((score) => score > 0)).toBe(true);
  });

  it("takes the best of several names", () => {
    expect(fitAny("snooze", ["稍後處理", "Snooze"])).toBe(100);
  });
});
