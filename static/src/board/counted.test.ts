import { expect, it } from "vitest";
import i18n from "../i18n";
import { counted } from "./useBoard";
import "./words";

it.each([
  [5_000, "0 min 5 s"],
  [245_000, "4 min 5 s"],
  [77_323_000, "21 h 28 min"],
  [100_800_000, "1 d 4 h"],
  [-1, "0 min 0 s"],
])("counts %d ms as %s", async (ms, words) => {
  await i18n.changeLanguage("en");
  expect(counted(ms)).toBe(words);
});
