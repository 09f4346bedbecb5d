// Finding the "/word" an agent is typing, and what fits it.
import type { CannedReply } from "../api/types";

export interface SlashWord {
  /** Where the slash stands. */
  start: number;
  end: number;
  query: string;
}

/** The slash word before the caret: at the start of the text, or after white space. */
export function slashAt(text: string, caret: number): SlashWord | null {
  const found = /(?:^|\s)\/([^\s/]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  return { start: caret - query.length - 1, end: caret, query };
}

export function insertAt(
  text: string,
  word: SlashWord,
  reply: string,
): { text: string; caret: number } {
  const before = text.slice(0, word.start);
  return { text: before + reply + text.slice(word.end), caret: before.length + reply.length };
}

function rank(reply: CannedReply, query: string): number {
  if (!query) return 0;
  const shortcut = reply.shortcut.toLowerCase().replace(/^\//, "");
  if (shortcut === query) return 0;
  if (shortcut.startsWith(query)) return 1;
  if (reply.title.toLowerCase().includes(query)) return 2;
  if (shortcut.includes(query)) return 3;
  return reply.text.toLowerCase().includes(query) ? 4 : 9;
}

/** Best fit first; among equals the order given is kept, which is the server's for this conversation. */
export function matching(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = query.toLowerCase();
  return replies
    .map((reply) => ({ reply, at: rank(reply, wanted) }))
    .filter(({ at }) => at < 9)
    .sort((a, b) => a.at - b.at)
    .map(({ reply }) => reply);
}
