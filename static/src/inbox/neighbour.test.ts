import { expect, it } from "vitest";
import { aConversation } from "../test/builders";
import { neighbour } from "./neighbour";

const rows = ["a", "b", "c"].map((id) => aConversation({ id }));
const step = (from: string | null, by: 1 | -1, lastIndex = -1, list = rows) =>
  neighbour(list, from, lastIndex, by)?.id;

it("goes to the next and the previous row, and stops at the ends", () => {
  expect([step("a", 1), step("b", -1), step("c", 1), step("a", -1)]).toEqual([
    "b",
    "a",
    undefined,
    undefined,
  ]);
});

it("begins at the top when nothing is open", () => {
  expect([step(null, 1), step(null, -1)]).toEqual(["a", undefined]);
});

it("goes on from where the open row was when it has left the list", () => {
  expect([step("gone", 1, 1), step("gone", -1, 1), step("gone", 1, 9)]).toEqual(["b", "a", "c"]);
});

it("begins at the top when the open row never was in the list", () => {
  expect(step("elsewhere", 1, -1)).toBe("a");
});

it("has nowhere to go in an empty list", () => {
  expect(step(null, 1, -1, [])).toBeUndefined();
});
