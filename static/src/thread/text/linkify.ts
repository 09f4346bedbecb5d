// Which parts of a message may be clicked. Only https: a customer's text is not to be trusted, and a
// plain http address can be changed on its way.

export interface Link {
  start: number;
  end: number;
  /** The text as written. */
  value: string;
  href: string;
}

// An address ends at white space, quotes, Chinese characters and Chinese punctuation: Chinese text
// follows an address without a space. (Browsers copy Chinese paths percent-encoded.)
const address =
  /(?:https:\/\/|www\.)[^\s<>"'`\u3000-\u303F\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]+/giu;
// Characters that turn the reading direction can make one address look like another.
const directionControls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

/** Drops punctuation that ends the sentence rather than the address; keeps balanced brackets. */
function trimEnd(raw: string): string {
  let value = raw;
  for (;;) {
    const last = value[value.length - 1] ?? "";
    if (/[.,;:!?*_~…]/.test(last)) value = value.slice(0, -1);
    else if (last === ")" && count(value, ")") > count(value, "(")) value = value.slice(0, -1);
    else if (last === "]" && count(value, "]") > count(value, "[")) value = value.slice(0, -1);
    else return value;
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function hrefOf(value: string): string | null {
  if (directionControls.test(value)) return null;
  try {
    const url = new URL(value.toLowerCase().startsWith("www.") ? `https://${value}` : value);
    // "https://bank.example@evil.example" shows one name and leads to another.
    const honest = url.protocol === "https:" && !url.username && !url.password;
    return honest && /[^.]\.[^.]/.test(url.hostname) ? url.href : null;
  } catch {
    return null;
  }
}

/** The clickable addresses of a text, in order. */
export function linkify(text: string): Link[] {
  const links: Link[] = [];
  for (const match of text.matchAll(address)) {
    const start = match.index;
    if (/[A-Za-z0-9@/.]/.test(text[start - 1] ?? "")) continue;
    const value = trimEnd(match[0]);
    const href = hrefOf(value);
    if (href) links.push({ start, end: start + value.length, value, href });
  }
  return links;
}

/** The name an address really leads to, in ASCII, when its text shows other letters; else null. */
export function disguisedHost(link: { href: string; value: string }): string | null {
  const host = new URL(link.href).hostname;
  return host.includes("xn--") ? host : null;
}
