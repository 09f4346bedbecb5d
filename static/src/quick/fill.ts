// Filling the variables of a prepared text, as the server does (`inbox/canned/variables.py`).

const IN_BRACES = /\{\s*([a-z][a-z_. ]{0,38}?)\s*\}/g;

function nameOf(spelled: string): string {
  return spelled.trim().replace(/\s+/g, "_");
}

/** Each variable of a text once, in their order; of those that are `known`. */
export function variablesIn(text: string, known: readonly string[]): string[] {
  const names = [...text.matchAll(IN_BRACES)].map(([, name]) => nameOf(name ?? ""));
  return [...new Set(names)].filter((name) => known.includes(name));
}

export type Values = Record<string, string>;

/** The text with what is known in it; what is missing keeps its braces. */
export function filled(text: string, values: Values): string {
  return text.replace(IN_BRACES, (found, name: string) => values[nameOf(name)]?.trim() || found);
}

export interface Piece {
  text: string;
  /** The variable it came from, or stands for when it has no value. */
  variable: string | null;
  missing: boolean;
}

/** The text in pieces, so that what was filled in and what is missing can be shown. */
export function pieces(text: string, values: Values, known: readonly string[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(IN_BRACES)) {
    const name = nameOf(match[1] ?? "");
    if (!known.includes(name)) continue;
    found.push({ text: text.slice(at, match.index), variable: null, missing: false });
    const value = values[name]?.trim() ?? "";
    found.push({ text: value, variable: name, missing: !value });
    at = match.index + match[0].length;
  }
  found.push({ text: text.slice(at), variable: null, missing: false });
  return found.filter(({ text: words, variable }) => words || variable);
}
