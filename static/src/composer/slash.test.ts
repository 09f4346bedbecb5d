import { describe, expect, it } from "vitest";
import { insertAt, matching, slashAt } from "./slash";

describe("the slash word", () => {
  it.each([
    ["/", 1, ""],
    ["/hi", 3, "hi"],
    ["hello /sh", 9, "sh"],
    ["line\n/出貨", 8, "出貨"],
    ["/hi there", 3, "hi"],
  ])("of %j at %i is %j", (text, caret, query) => expect(slashAt(text, caret)?.query).toBe(query));

  it.each([
    ["and/or", 6],
    ["https://", 8],
    ["/hi there", 9],
    ["1/2", 3],
    ["", 0],
  ])("is not in %j at %i", (text, caret) => expect(slashAt(text, caret)).toBeNull());

  it("is replaced by the reply, and what follows stays", () => {
    const text = "Dear /hi, bye";
    const word = slashAt(text, 8);
    expect(word && insertAt(text, word, "Hello")).toEqual({ text: "Dear Hello, bye", caret: 10 });
  });
});

describe("fitting replies", () => {
  const reply = (shortcut: string, title: string, text = "") => ({
    id: shortcut,
    shortcut,
    title,
    text,
    language: "",
    buttons: [],
    region_id: null,
    team: null,
    channel_id: null,
    mine: false,
    editable: false,
    times: 0,
    my_times: 0,
    last_used_at: null,
  });
  const all = [
    reply("ship", "出貨時間"),
    reply("hi", "問候", "歡迎出貨前詢問"),
    reply("hip", "hi-fi"),
    reply("bye", "道別"),
  ];
  const ids = (query: string) => matching(all, query).map(({ id }) => id);

  it("come best first: shortcut, its start, title, text", () => {
    expect(ids("hi")).toEqual(["hi", "hip", "ship"]);
    expect(ids("出貨")).toEqual(["ship", "hi"]);
  });

  it("are all there while nothing is typed", () => expect(ids("")).toHaveLength(4));
  it("are none when nothing fits", () => expect(ids("zzz")).toEqual([]));
});
