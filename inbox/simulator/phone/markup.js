// WhatsApp's text marks as DOM nodes: *bold* _italic_ ~strike~ ```code``` and web addresses. Never as HTML text.
import { h, safeLink } from "./dom.js";

const MARKS = { "*": "strong", _: "em", "~": "s" };
const PIECE = /```([\s\S]+?)```|(https?:\/\/[^\s<>"'，。、）]+)|(?<![\w*_~])([*_~])(?=\S)([^\n]*?\S)\3(?![\w*_~])/u;

export function marked(text) {
  const nodes = [];
  let rest = text;
  while (rest) {
    const found = PIECE.exec(rest);
    if (!found) {
      nodes.push(rest);
      break;
    }
    if (found.index > 0) nodes.push(rest.slice(0, found.index));
    nodes.push(node(found));
    rest = rest.slice(found.index + found[0].length);
  }
  return nodes;
}

function node([whole, code, address, mark, inner]) {
  if (code !== undefined) return h("code", {}, code);
  if (mark !== undefined) return h(MARKS[mark], {}, marked(inner));
  const href = safeLink(address);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, address) : whole;
}
