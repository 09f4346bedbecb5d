import { expect, it } from "vitest";
import type { Vocabulary } from "../api/types";
import {
  type DraftCondition,
  groupFromWire,
  isComplete,
  replaced,
  toWire,
  withFact,
  withOperator,
} from "./tree";

const fact = { about: "contact", historic: false, counted: true, choices: null };
const vocabulary: Vocabulary = {
  facts: [
    { ...fact, key: "contact.orders", kind: "number", label: "orders", timed: true },
    { ...fact, key: "contact.country", kind: "choice", label: "country", timed: false },
  ],
  operators: [
    { kind: "number", key: "ge", label: "at least", shape: "number" },
    { kind: "number", key: "between", label: "between", shape: "range" },
    { kind: "choice", key: "is_any", label: "is", shape: "choices" },
    { kind: "choice", key: "known", label: "is known", shape: "none" },
  ],
};
const wire = {
  all: [
    { fact: "contact.orders", op: "ge", value: 2, within_hours: 24 },
    { none: [{ fact: "contact.country", op: "known" }] },
  ],
};

it("goes to the server as it came", () => {
  expect(toWire(groupFromWire(wire))).toEqual(wire);
});

it("is complete when every value is there", () => {
  const group = groupFromWire(wire);
  expect(isComplete(vocabulary, group)).toBe(true);
  const first = group.parts[0] as DraftCondition;
  const between = withOperator(vocabulary, first, "between");
  expect(between.value).toEqual([null, null]);
  expect(isComplete(vocabulary, replaced(group, first.id, between))).toBe(false);
  const country = withFact(vocabulary, first, "contact.country");
  expect([country.op, country.value, country.within_hours]).toEqual(["is_any", [], null]);
});

it("drops a group with its last condition", () => {
  const group = groupFromWire(wire);
  const inner = group.parts[1] as ReturnType<typeof groupFromWire>;
  expect(toWire(replaced(group, inner.parts[0]?.id ?? "", null))).toEqual({ all: [wire.all[0]] });
});
