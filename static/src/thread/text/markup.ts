// WhatsApp's own text marks, read into a small tree. The tree is drawn by React, which escapes every
// string, so no message can bring HTML into the page.
import { linkify } from "./linkify";

export type MarkupNode =
  | { type: "text"; value: string }
  | { type: "link"; href: string; value: string }
  | { type: "strong" | "emphasis" | "strike" | "quote"; children: MarkupNode[] }
  | { type: "code" | "block"; value: string };

const spanOf = { "*": "strong", _: "emphasis", "~": "strike" } as const;
type Mark = keyof typeof spanOf;

// Latin letters and digits bind to a mark (snake_case stays as typed); Chinese is written without
// spaces, so a Chinese neighbour does not.
const binds = /[A-Za-z0-9\u00C0-\u024F]/;
const fenced = /```([\s\S]+?)```/;
const maxDepth = 4;

function isOpening(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  if (after === undefined || /\s/.test(after) || after === text[at]) return false;
  return before === undefined || !binds.test(before);
}

function closingOf(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at !== -1; at = text.indexOf(mark, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + 1];
    if (/\s/.test(before) || before === mark) continue;
    if (after === undefined || (!binds.test(after) && after !== mark)) return at;
  }
  return -1;
}

function spanAt(line: string, at: number, depth: number): { node: MarkupNode; end: number } | null {
  const mark = line[at] as string;
  if (mark === "`") {
    const close = line.indexOf("`", at + 1);
    if (close <= at + 1) return null;
    return { node: { type: "code", value: line.slice(at + 1, close) }, end: close + 1 };
  }
  if (!(mark in spanOf) || depth >= maxDepth || !isOpening(line, at)) return null;
  const close = closingOf(line, mark, at + 2);
  if (close === -1) return null;
  const children = parseLine(line.slice(at + 1, close), depth + 1);
  return { node: { type: spanOf[mark as Mark], children }, end: close + 1 };
}

/** A mark inside an address (`/a_b_c`) belongs to the address: addresses are cut out first. */
function parseLine(line: string, depth: number): MarkupNode[] {
  const nodes: MarkupNode[] = [];
  const links = linkify(line);
  let plainFrom = 0;
  let at = 0;
  const flush = (to: number) => {
    if (to > plainFrom) nodes.push({ type: "text", value: line.slice(plainFrom, to) });
  };
  while (at < line.length) {
    const link = links.find((candidate) => candidate.start === at);
    const found = link
      ? { node: { type: "link", href: link.href, value: link.value } as MarkupNode, end: link.end }
      : spanAt(line, at, depth);
    if (found) {
      flush(at);
      nodes.push(found.node);
      at = found.end;
      plainFrom = at;
    } else {
      at += 1;
    }
  }
  flush(line.length);
  return nodes;
}

function parseProse(text: string): MarkupNode[] {
  const nodes: MarkupNode[] = [];
  text.split("\n").forEach((line, index) => {
    const quoted = /^> (.+)$/.exec(line);
    const previous = nodes[nodes.length - 1];
    // A quoted line is a block of its own: it needs no line break after it.
    if (index > 0 && previous?.type !== "quote") nodes.push({ type: "text", value: "\n" });
    if (quoted) {
      if (previous?.type === "text" && index > 0) nodes.pop();
      nodes.push({ type: "quote", children: parseLine(quoted[1] ?? "", 0) });
    } else {
      nodes.push(...parseLine(line, 0));
    }
  });
  return joinText(nodes);
}

function joinText(nodes: MarkupNode[]): MarkupNode[] {
  const joined: MarkupNode[] = [];
  for (const node of nodes) {
    const last = joined[joined.length - 1];
    if (node.type === "text" && last?.type === "text") last.value += node.value;
    else joined.push(node.type === "text" ? { ...node } : node);
  }
  return joined;
}

/** Reads *bold*, _emphasis_, ~struck~, `code`, ```block```, "> quoted" lines and addresses. */
export function parseMarkup(text: string): MarkupNode[] {
  const nodes: MarkupNode[] = [];
  let rest = text;
  for (let block = fenced.exec(rest); block; block = fenced.exec(rest)) {
    const before = rest.slice(0, block.index);
    if (before) nodes.push(...parseProse(before));
    nodes.push({ type: "block", value: (block[1] ?? "").replace(/^\n|\n$/g, "") });
    rest = rest.slice(block.index + block[0].length);
  }
  if (rest) nodes.push(...parseProse(rest));
  return nodes;
}

/** The words without the marks, for one-line summaries. */
export function plainOf(nodes: MarkupNode[]): string {
  return nodes.map((node) => ("children" in node ? plainOf(node.children) : node.value)).join("");
}
