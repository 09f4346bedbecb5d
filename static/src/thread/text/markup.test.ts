import { describe, expect, it } from "vitest";
import { type MarkupNode, parseMarkup, plainOf } from "./markup";

/** The tree in one line: marks as tags. */
function flat(nodes: MarkupNode[]): string {
  return nodes
    .map((node) => {
      if (node.type === "text") return node.value;
      const inside = "children" in node ? flat(node.children) : node.value;
      return `<${node.type}>${inside}</${node.type}>`;
    })
    .join("");
}
const read = (text: string) => flat(parseMarkup(text));

describe("WhatsApp's marks", () => {
  it.each([
    ["*bold*", "<strong>bold</strong>"],
    ["_soft_", "<emphasis>soft</emphasis>"],
    ["~gone~", "<strike>gone</strike>"],
    ["`x = 1`", "<code>x = 1</code>"],
    ["```a\nb```", "<block>a\nb</block>"],
    ["say *bold* now", "say <strong>bold</strong> now"],
    ["(*bold*)!", "(<strong>bold</strong>)!"],
    ["*bold _and soft_*", "<strong>bold <emphasis>and soft</emphasis></strong>"],
    ["訂單*已出貨*囉", "訂單<strong>已出貨</strong>囉"],
    ["> quoted\nreply", "<quote>quoted</quote>reply"],
  ])("%s", (text, tree) => expect(read(text)).toBe(tree));

  it.each([
    "snake_case_name",
    "2*3*4",
    "* not bold *",
    "a * b * c",
    "**",
    "*open",
    "*over\nlines*",
    "``",
    "_ _",
  ])("leave %s as it was typed", (text) => expect(read(text)).toBe(text));

  it("inside code mean nothing", () => {
    expect(read("`*a*`")).toBe("<code>*a*</code>");
    expect(read("```*a* https://example.com```")).toBe("<block>*a* https://example.com</block>");
  });

  it("inside an address belong to the address", () => {
    expect(read("https://example.com/a_b_c and _x_")).toBe(
      "<link>https://example.com/a_b_c</link> and <emphasis>x</emphasis>",
    );
  });

  it("keep every character but the marks, and the line ends a quoted block makes by itself", () => {
    const text = "1\n\n2  <b>&amp;</b> *x\n> q\n> r\nend";
    expect(read(text)).toBe("1\n\n2  <b>&amp;</b> *x<quote>q</quote><quote>r</quote>end");
  });

  it("can be taken off", () => {
    expect(plainOf(parseMarkup("*a* `b` _c ~d~_ https://example.com"))).toBe(
      "a b c d https://example.com",
    );
  });

  it("nested without end stop at some depth and finish fast", () => {
    const start = performance.now();
    parseMarkup("*_~".repeat(1300));
    parseMarkup("*a ".repeat(1300));
    parseMarkup("`".repeat(4000));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
