// People and teams in a note: `<@person:5>` on the wire, "@Fay" for whoever writes.
import type { Mention, Mentionable } from "../../api/types";

const TOKEN = /<@(person|team):(\d+)>/g;

export type Piece = { text: string } | { mention: Mention };

/** The text in pieces, as it is drawn. */
export function piecesOf(text: string, mentions: readonly Mention[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    const known = mentions.find(({ kind, id }) => kind === found[1] && id === Number(found[2]));
    pieces.push(known ? { mention: known } : { text: "@…" });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** As it is written: names instead of tokens. */
export function spelled(text: string, mentions: readonly Mention[]): string {
  return piecesOf(text, mentions)
    .map((piece) => ("text" in piece ? piece.text : `@${piece.mention.name}`))
    .join("");
}

type Named = Pick<Mentionable, "kind" | "id" | "name">;

/**
 * The way back. The longest name counts, so that "@Ann Lee" is not "@Ann"; of two with one name the one that was
 * `chosen` from the list.
 */
export function tokenised(text: string, named: readonly Named[], chosen: readonly Named[]): string {
  const byLength = [...chosen, ...named]
    .filter(({ name }) => name !== "")
    .sort((a, b) => b.name.length - a.name.length);
  let out = "";
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const found = rest.startsWith("@")
      ? byLength.find(({ name }) => startsWithName(rest.slice(1), name))
      : undefined;
    out += found ? `<@${found.kind}:${found.id}>` : text[at];
    at += found ? found.name.length + 1 : 1;
  }
  return out;
}

/** A Latin name ends where its word does; Chinese is written on without a space. */
function startsWithName(text: string, name: string): boolean {
  if (!text.startsWith(name)) return false;
  const next = text.slice(name.length, name.length + 1);
  const last = name.slice(-1);
  return !(/[\p{Script=Latin}\d]/u.test(last) && /[\p{Script=Latin}\d]/u.test(next));
}

export interface AtWord {
  start: number;
  end: number;
  query: string;
}

/** The "@word" before the caret; names have spaces, so up to two of them belong to it. */
export function atWord(text: string, caret: number): AtWord | null {
  const found = /@([^\s@]{0,30}(?: [^\s@]{1,30}){0,2})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  const start = caret - query.length - 1;
  // An address: what stands before belongs to it.
  if (/[\p{Script=Latin}\d._-]$/u.test(text.slice(0, start))) return null;
  return { start, end: caret, query };
}

/** Those whose name begins with the words first, then those where another part of it does, then those that hold it. */
export function matchingNames<T extends Named>(named: readonly T[], query: string): T[] {
  const words = query.trim().toLocaleLowerCase();
  const rank = ({ name }: T) => {
    const lower = name.toLocaleLowerCase();
    if (lower.startsWith(words)) return 0;
    if (lower.split(/[\s·]+/).some((part) => part.startsWith(words))) return 1;
    return lower.includes(words) ? 2 : 9;
  };
  return named
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 9)
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
