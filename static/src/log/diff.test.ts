import { describe, expect, it } from "vitest";
import { difference } from "./diff";

const spelled = (before: string, after: string) =>
  difference(before, after)
    .map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `{+${text}+}` })[kind])
    .join("");

describe("what changed between two texts", () => {
  it("is the middle, the beginning or the end", () => {
    expect(spelled("ship it today", "ship it tomorrow please")).toBe(
      "ship it to[-day-]{+morrow please+}",
    );
    expect(spelled("abc", "xabc")).toBe("{+x+}abc");
    expect(spelled("abcx", "abc")).toBe("abc[-x-]");
  });

  it("keeps characters whole and does not count a repeated part twice", () => {
    expect(spelled("好😀", "好😃")).toBe("好[-😀-]{+😃+}");
    expect(spelled("aa", "aaa")).toBe("aa{+a+}");
    expect(spelled("", "")).toBe("");
  });
});
