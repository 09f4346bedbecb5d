// Small questions about what a text is made of.

const cjk = /[\u2E80-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF\uFF00-\uFFEF]/u;
const pictograph =
  /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200D\uFE0F\u20E3#*0-9]|[\u{E0020}-\u{E007F}])+$/u;

/** Slanted Chinese is hard to read, so emphasis is drawn otherwise when a text holds any. */
export function holdsCjk(text: string): boolean {
  return cjk.test(text);
}

export function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)).map(
    (part) => part.segment,
  );
}

/** How many emoji a text consists of, when it consists of nothing else; otherwise 0. */
export function emojiCount(text: string): number {
  const compact = text.replace(/\s+/g, "");
  if (!compact || compact.length > 60 || !pictograph.test(compact)) return 0;
  const parts = graphemes(compact);
  const emojiOnly = parts.every((part) =>
    /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(part),
  );
  return emojiOnly ? parts.length : 0;
}

const collapseCharacters = 900;
const collapseLines = 16;

/** Long texts are folded; the fold keeps whole lines where it can. */
export function foldOf(text: string): string | null {
  const lines = text.split("\n");
  if (text.length <= collapseCharacters && lines.length <= collapseLines) return null;
  const kept = lines.slice(0, collapseLines).join("\n");
  if (kept.length <= collapseCharacters) return kept;
  return graphemes(kept.slice(0, collapseCharacters + 20))
    .slice(0, collapseCharacters)
    .join("");
}

/** WhatsApp counts characters as code points (Meta: text body at most 4,096). */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
