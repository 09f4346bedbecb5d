import type { Askable, ConditionOperator, Vocabulary } from "../api/types";

export type How = "all" | "any" | "none";

/** A condition that is being written: nothing chosen yet is an empty text, and so is its value. */
export interface DraftCondition {
  id: string;
  fact: string;
  op: string;
  value: unknown;
  within_hours: number | null;
}

export interface DraftGroup {
  id: string;
  how: How;
  parts: DraftNode[];
}

export type DraftNode = DraftCondition | DraftGroup;
export type Wire = Record<string, unknown>;

const HOW: readonly How[] = ["all", "any", "none"];
let made = 0;

function newId(): string {
  made += 1;
  return `part-${made}`;
}

export function isGroup(node: DraftNode): node is DraftGroup {
  return "how" in node;
}

export function emptyCondition(): DraftCondition {
  return { id: newId(), fact: "", op: "", value: null, within_hours: null };
}

export function emptyGroup(how: How = "all"): DraftGroup {
  return { id: newId(), how, parts: [emptyCondition()] };
}

/** What the server keeps, as something that can be edited. */
export function fromWire(wire: Wire): DraftNode {
  const how = HOW.find((one) => one in wire);
  if (how) return { id: newId(), how, parts: (wire[how] as Wire[]).map(fromWire) };
  return {
    id: newId(),
    fact: String(wire.fact ?? ""),
    op: String(wire.op ?? ""),
    value: wire.value ?? null,
    within_hours: (wire.within_hours as number | undefined) ?? null,
  };
}

export function groupFromWire(wire: Wire): DraftGroup {
  const node = fromWire(wire);
  return isGroup(node) ? node : { ...emptyGroup(), parts: [node] };
}

/** As the server takes it. */
export function toWire(node: DraftNode): Wire {
  if (isGroup(node)) return { [node.how]: node.parts.map(toWire) };
  return {
    fact: node.fact,
    op: node.op,
    ...(node.value === null ? {} : { value: node.value }),
    ...(node.within_hours === null ? {} : { within_hours: node.within_hours }),
  };
}

export function operatorsOf(vocabulary: Vocabulary, fact?: Askable): ConditionOperator[] {
  return fact ? vocabulary.operators.filter(({ kind }) => kind === fact.kind) : [];
}

export function shapeOf(vocabulary: Vocabulary, node: DraftCondition): string {
  const fact = vocabulary.facts.find(({ key }) => key === node.fact);
  return operatorsOf(vocabulary, fact).find(({ key }) => key === node.op)?.shape ?? "none";
}

/** What another shape of value begins with. */
export function emptyValue(shape: string): unknown {
  if (shape === "words" || shape === "choices") return [];
  if (shape === "range" || shape === "duration_range") return [null, null];
  if (shape === "money") return { amount_minor: null, currency: "TWD" };
  return null;
}

/** With another fact: its first operator, and no value. */
export function withFact(vocabulary: Vocabulary, node: DraftCondition, key: string) {
  const fact = vocabulary.facts.find((one) => one.key === key);
  const operator = operatorsOf(vocabulary, fact)[0];
  return {
    ...node,
    fact: key,
    op: operator?.key ?? "",
    value: emptyValue(operator?.shape ?? "none"),
    within_hours: fact?.timed ? node.within_hours : null,
  };
}

/** With another operator; a value of the same shape stays. */
export function withOperator(vocabulary: Vocabulary, node: DraftCondition, op: string) {
  const before = shapeOf(vocabulary, node);
  const after = shapeOf(vocabulary, { ...node, op });
  return { ...node, op, value: before === after ? node.value : emptyValue(after) };
}

function isWhole(shape: string, value: unknown): boolean {
  if (shape === "none") return true;
  if (shape === "words" || shape === "choices") return Array.isArray(value) && value.length > 0;
  if (shape === "range" || shape === "duration_range") {
    return Array.isArray(value) && value.length === 2 && value.every((one) => one !== null);
  }
  if (shape === "money") {
    const { amount_minor, currency } = value as { amount_minor: number | null; currency: string };
    return amount_minor !== null && /^[A-Za-z]{3}$/.test(currency);
  }
  return value !== null && value !== "";
}

/** Whether every condition says all it must: before that the server is not asked. */
export function isComplete(vocabulary: Vocabulary, node: DraftNode): boolean {
  if (isGroup(node)) {
    return node.parts.length > 0 && node.parts.every((part) => isComplete(vocabulary, part));
  }
  return node.op !== "" && isWhole(shapeOf(vocabulary, node), node.value);
}

/** The tree with one part changed, or taken out (`null`); a group that loses its last part goes with it. */
export function replaced(group: DraftGroup, id: string, by: DraftNode | null): DraftGroup {
  const parts = group.parts.flatMap((part): DraftNode[] => {
    if (part.id === id) return by ? [by] : [];
    if (!isGroup(part)) return [part];
    const inner = replaced(part, id, by);
    return inner.parts.length > 0 ? [inner] : [];
  });
  return { ...group, parts };
}
