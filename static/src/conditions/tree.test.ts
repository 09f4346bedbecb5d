import { describe, expect, it } from "vitest";
import { freshCondition, withOperator, withoutPart, withPart } from "./tree";
import type { Vocabulary } from "./types";

const VOCABULARY: Vocabulary = {
  facts: [
    {
      key: "message.text",
      about: "message",
      kind: "text",
      label: "text",
      timed: false,
      historic: true,
      counted: false,
      choices: null,
    },
    {
      key: "contact.orders",
      about: "contact",
      kind: "number",
      label: "orders",
      timed: true,
      historic: true,
      counted: true,
      choices: null,
    },
  ],
  operators: [
    { kind: "text", key: "contains_any", label: "contains", shape: "words" },
    { kind: "text", key: "known", label: "is known", shape: "none" },
    { kind: "number", key: "ge", label: "at least", shape: "number" },
  ],
};

describe("the tree of conditions", () => {
  it("begins a condition with the first operator of its fact and an empty value", () => {
    expect(freshCondition(VOCABULARY)).toEqual({
      fact: "message.text",
      op: "contains_any",
      value: [],
    });
    expect(freshCondition(VOCABULARY, "contact.orders")).toEqual({
      fact: "contact.orders",
      op: "ge",
      value: 1,
    });
  });

  it("keeps a value that still fits, and drops one that does not", () => {
    const asked = { fact: "message.text", op: "contains_any", value: ["退款"] };
    expect(withOperator(asked, "contains_all", "words", "words").value).toEqual(["退款"]);
    expect(withOperator(asked, "known", "none", "words")).toEqual({
      fact: "message.text",
      op: "known",
    });
  });

  it("never leaves an empty group behind", () => {
    const one = { fact: "message.text", op: "known" };
    expect(withoutPart({ any: [one] }, 0)).toBeNull();
    expect(withPart({ any: [one, one] }, 1, { none: [one] })).toEqual({
      any: [one, { none: [one] }],
    });
  });
});
