import { expect, it } from "vitest";
import { counted } from "./counted";

const t = (key: string, { n }: { n: number }) => `${key.split(".").at(-1)} ${n}`;
const job = {
  counts: { refused: 2, created: 3, lines: 9 },
  checked: { created: 1 },
  undo_counts: { kept: 4 },
};

it.each([
  ["done", "created 3 · refused 2"],
  ["draft", "created 1"],
  ["undone", "kept 4"],
] as const)("says of one that is %s what became of its lines", (state, words) => {
  expect(counted(t, { ...job, state })).toBe(words);
});
