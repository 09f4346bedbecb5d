import type { Command } from "../commands/registry";
import "./words";

/** The keys of a thread: the list of messages and the composer listen for them while they have the focus. */
const KEYS: readonly [string, readonly string[]][] = [
  ["thread.keys.walk", ["↑", "↓"]],
  ["thread.keys.reply", ["r"]],
  ["thread.keys.react", ["+"]],
  ["thread.keys.copy", ["c"]],
  ["thread.keys.back", ["Esc"]],
  ["shortcuts.canned", ["/"]],
  ["shortcuts.suggestion", ["Alt", "1…4"]],
  ["shortcuts.mention", ["@"]],
  ["thread.keys.leave", ["Esc"]],
];

export const threadCommands: readonly Command[] = KEYS.map(([words, shown]) => ({
  id: words,
  group: "thread",
  words,
  shown,
}));
