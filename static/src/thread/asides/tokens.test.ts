import { describe, expect, it } from "vitest";
import { atWord, matchingNames, piecesOf, spelled, tokenised } from "./tokens";

const fay = { kind: "person" as const, id: 5, name: "Fay" };
const fayLee = { kind: "person" as const, id: 6, name: "Fay Lee" };
const lin = { kind: "person" as const, id: 7, name: "林小美" };
const returns = { kind: "team" as const, id: 2, name: "退貨組" };
const all = [fay, fayLee, lin, returns];

describe("a name in a note", () => {
  it("is an id on the wire and a name again", () => {
    const text = "@Fay Lee 請和@林小美一起看，@退貨組也是，@Fay！";
    const wire = tokenised(text, all, []);
    expect(wire).toBe("<@person:6> 請和<@person:7>一起看，<@team:2>也是，<@person:5>！");
    expect(spelled(wire, all)).toBe(text);
  });

  it("is not the beginning of another word, nor an address", () => {
    expect(tokenised("@Fayette a@Fay.com", all, [])).toBe("@Fayette a<@person:5>.com");
    expect(atWord("mail me@Fa", 10)).toBeNull();
  });

  it("is the one that was chosen where two have it", () => {
    const other = { ...fay, id: 9 };
    expect(tokenised("@Fay", [fay, other], [other])).toBe("<@person:9>");
  });

  it("is drawn as a piece of its own; an unknown one says so", () => {
    expect(piecesOf("Hi <@person:5>, <@person:99>", [fay])).toEqual([
      { text: "Hi " },
      { mention: fay },
      { text: ", " },
      { text: "@…" },
    ]);
  });
});

describe("the @word before the caret", () => {
  it("may stand behind Chinese, and hold a space", () => {
    expect(atWord("請看@林", 4)).toEqual({ start: 2, end: 4, query: "林" });
    expect(atWord("Hi @Fay L", 9)?.query).toBe("Fay L");
    expect(atWord("Hi @", 4)?.query).toBe("");
    expect(atWord("Hi Fay", 6)).toBeNull();
  });

  it("finds by the beginning, by another part, and by what is inside", () => {
    expect(matchingNames(all, "le").map(({ id }) => id)).toEqual([6]);
    expect(matchingNames(all, "小美").map(({ id }) => id)).toEqual([7]);
    expect(matchingNames(all, "fay").map(({ id }) => id)).toEqual([5, 6]);
    expect(matchingNames(all, "")).toHaveLength(4);
    expect(matchingNames(all, "x")).toEqual([]);
  });
});
