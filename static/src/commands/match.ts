// How well what was typed fits a name: whole pieces first, then its letters in order. Chinese is matched by characters,
// Latin by letters, both without case, width and accents.

const NONE = 0;
const EXACT = 100;
const BEGINS = 80;
const WORD_BEGINS = 60;
const WITHIN = 40;
const SCATTERED = 10;
const SHORTER_IS_BETTER = 0.05;

export function plain(text: string): string {
  return text
    .replace(/…/g, "") // what is asked next is no part of the name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLocaleLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** 0: does not fit. Every word of the query has to. */
export function scoreOf(query: string, text: string): number {
  const wanted = plain(query);
  const within = plain(text);
  if (!wanted) return EXACT;
  const whole = one(wanted, within);
  if (whole > SCATTERED || !wanted.includes(" ")) return whole;
  const parts = wanted.split(" ").map((word) => one(word, within));
  return parts.includes(NONE) ? NONE : Math.min(...parts);
}

/** The best of several names. */
export function fitAny(query: string, names: readonly string[]): number {
  return Math.max(NONE, ...names.map((name) => scoreOf(query, name)));
}

function one(wanted: string, within: string): number {
  const less = within.length * SHORTER_IS_BETTER;
  if (within === wanted) return EXACT;
  if (within.startsWith(wanted)) return BEGINS - less;
  if (within.split(/[\s/／·（(:：、]+/).some((word) => word.startsWith(wanted)))
    return WORD_BEGINS - less;
  if (within.includes(wanted)) return WITHIN - less;
  return wanted.length > 1 && inOrder(wanted, within) ? Math.max(1, SCATTERED - less) : NONE;
}

function inOrder(wanted: string, within: string): boolean {
  let at = 0;
  for (const sign of wanted.replace(/ /g, "")) {
    at = within.indexOf(sign, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
