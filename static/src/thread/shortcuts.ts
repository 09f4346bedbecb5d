import "./words";

/** The keys of a thread, for whoever lists them: `words` are translation keys. */
export const threadShortcuts = [
  { keys: ["↑", "↓"], words: "thread.keys.walk" },
  { keys: ["r"], words: "thread.keys.reply" },
  { keys: ["+"], words: "thread.keys.react" },
  { keys: ["c"], words: "thread.keys.copy" },
  { keys: ["Esc"], words: "thread.keys.back" },
] as const;
