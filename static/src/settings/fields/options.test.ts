import { expect, it } from "vitest";
import { linesOf, optionsOf } from "./options";

const before = [
  { key: "gold", label: "Gold" },
  { key: "silver", label: "Silver" },
];

it("keeps the key of a choice that is only called otherwise", () => {
  expect(optionsOf("Gold card\nSilver", before)).toEqual([
    { key: "gold", label: "Gold card" },
    { key: "silver", label: "Silver" },
  ]);
});

it("follows choices that change places, and tells new ones apart", () => {
  expect(optionsOf("Silver\nGold\n\nBronze ", before)).toEqual([
    { key: "silver", label: "Silver" },
    { key: "gold", label: "Gold" },
    { label: "Bronze" },
  ]);
  expect(optionsOf(linesOf(before), before)).toEqual(before);
});
