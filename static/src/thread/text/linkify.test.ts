import { describe, expect, it } from "vitest";
import { disguisedHost, linkify } from "./linkify";

const found = (text: string) => linkify(text).map(({ value }) => value);

describe("addresses", () => {
  it("are found where they stand", () => {
    const text = "see https://example.com/a?b=1#c, or www.example.org.";
    expect(found(text)).toEqual(["https://example.com/a?b=1#c", "www.example.org"]);
    expect(linkify(text)[1]?.href).toBe("https://www.example.org/");
    for (const { start, end, value } of linkify(text)) expect(text.slice(start, end)).toBe(value);
  });

  it("end where Chinese begins", () => {
    expect(found("請看https://example.com/x，謝謝")).toEqual(["https://example.com/x"]);
    expect(found("https://example.com/x謝謝")).toEqual(["https://example.com/x"]);
    expect(found("（https://example.com/x）")).toEqual(["https://example.com/x"]);
  });

  it("keep brackets that belong to them", () => {
    expect(found("(https://example.com/a_(b))")).toEqual(["https://example.com/a_(b)"]);
  });

  it.each([
    ["plain http", "http://example.com"],
    ["scripts", "javascript:alert(1)"],
    ["data", "data:text/html,<script>alert(1)</script>"],
    ["hidden users", "https://bank.example@evil.example/"],
    ["turned text", "https://example.com/\u202Egnp.exe"],
    ["no domain", "https://localhost"],
    ["mail", "ana@www.example.com"],
    ["glued", "xhttps://example.com"],
  ])("are not made of %s", (_, text) => expect(found(text)).toEqual([]));

  it("cannot bring quotes or tags into an attribute", () => {
    expect(found('https://example.com/"onmouseover="x')).toEqual(["https://example.com/"]);
    expect(found("https://example.com/<img src=x>")).toEqual(["https://example.com/"]);
  });

  it("written in look-alike letters are shown for what they are", () => {
    const [link] = linkify("https://еxample.com"); // the first letter is Cyrillic
    expect(link && disguisedHost(link)).toMatch(/^xn--/);
    const [honest] = linkify("https://example.com");
    expect(honest && disguisedHost(honest)).toBeNull();
  });
});
