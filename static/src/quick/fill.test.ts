import { describe, expect, it } from "vitest";
import { filled, pieces, variablesIn } from "./fill";

const known = ["contact.name", "order.number", "business_hours"];

describe("a prepared text", () => {
  it("names its variables, each once, and no other braces", () => {
    const text = "{contact.name} { order.number } {contact.name} {x} { a: 1 }";
    expect(variablesIn(text, known)).toEqual(["contact.name", "order.number"]);
    expect(variablesIn("{business hours}", known)).toEqual(["business_hours"]);
  });

  it("is filled with what is known, and keeps the rest in braces", () => {
    expect(filled("Hi {contact.name}, {order.number}", { "contact.name": "Mei" })).toBe(
      "Hi Mei, {order.number}",
    );
    expect(filled("{contact.name}", { "contact.name": "  " })).toBe("{contact.name}");
  });

  it("never looks at a value for variables", () => {
    expect(filled("{contact.name}", { "contact.name": "{order.number}" })).toBe("{order.number}");
  });

  it("comes in pieces that say what is missing", () => {
    expect(pieces("Hi {contact.name}: {order.number}", { "contact.name": "Mei" }, known)).toEqual([
      { text: "Hi ", variable: null, missing: false },
      { text: "Mei", variable: "contact.name", missing: false },
      { text: ": ", variable: null, missing: false },
      { text: "", variable: "order.number", missing: true },
    ]);
  });
});
