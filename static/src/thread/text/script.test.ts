import { describe, expect, it } from "vitest";
import { codePoints, emojiCount, foldOf, holdsCjk } from "./script";

describe("emoji alone", () => {
  it.each([
    ["👍", 1],
    ["👍🏽", 1],
    ["👨‍👩‍👧", 1],
    ["🇹🇼", 1],
    ["❤️ 🙏", 2],
    ["1️⃣", 1],
    ["1", 0],
    ["123", 0],
    ["ok 👍", 0],
    ["", 0],
  ])("%s counts %i", (text, count) => expect(emojiCount(text)).toBe(count));
});

describe("long texts", () => {
  it("are folded by length or by lines", () => {
    expect(foldOf("short")).toBeNull();
    expect(foldOf("字".repeat(2000))).toHaveLength(900);
    expect(foldOf("line\n".repeat(40))?.split("\n")).toHaveLength(16);
  });

  it("are never cut inside an emoji", () => {
    const fold = foldOf("👨‍👩‍👧".repeat(400)) ?? "";
    expect(fold.endsWith("👨‍👩‍👧")).toBe(true);
  });
});

describe("scripts", () => {
  it("know Chinese", () => {
    expect(holdsCjk("訂單 A1")).toBe(true);
    expect(holdsCjk("order A1 é")).toBe(false);
  });

  it("count as WhatsApp does", () => expect(codePoints("a𠮷👍")).toBe(3));
});
