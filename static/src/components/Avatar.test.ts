import { expect, it } from "vitest";
import { initialOf } from "./Avatar";

it.each([
  ["王小明", "王"],
  ["Grace Chen", "GC"],
  ["maría josé lópez", "MJ"],
  ["🌸 小花", "小"],
  ["+886 900 000 123", ""],
  ["", ""],
])("the initial of %j is %j", (name, expected) => {
  expect(initialOf(name)).toBe(expected);
});
