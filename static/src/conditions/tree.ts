import { type Condition, type Group, HOWS, type How, type Node, type Vocabulary } from "./types";

export function isCondition(node: Node): node is Condition {
  return "fact" in node;
}

export function howOf(group: Group): How {
  return HOWS.find((how) => group[how] !== undefined) ?? "all";
}

export function partsOf(group: Group): Node[] {
  return group[howOf(group)] ?? [];
}

export function grouped(how: How, parts: Node[]): Group {
  return { [how]: parts };
}

export function withPart(group: Group, at: number, part: Node): Group {
  return grouped(
    howOf(group),
    partsOf(group).map((one, index) => (index === at ? part : one)),
  );
}

/** A group that is left empty goes, too; `null`: nothing is left at all. */
export function withoutPart(group: Group, at: number): Group | null {
  const parts = partsOf(group).filter((_, index) => index !== at);
  return parts.length ? grouped(howOf(group), parts) : null;
}

/** The first thing that can be asked of `fact`, with an empty value of the right shape. */
export function freshCondition(vocabulary: Vocabulary, key?: string): Condition | null {
  const fact = vocabulary.facts.find((one) => one.key === key) ?? vocabulary.facts[0];
  const operator = vocabulary.operators.find(({ kind }) => kind === fact?.kind);
  if (!fact || !operator) return null;
  return withOperator({ fact: fact.key, op: operator.key }, operator.key, operator.shape);
}

/** With another operator; the value is kept where it still fits. */
export function withOperator(
  condition: Condition,
  op: string,
  shape: string,
  before?: string,
): Condition {
  const { value: _value, ...rest } = condition;
  if (shape === "none") return { ...rest, op };
  return { ...rest, op, value: shape === before ? condition.value : emptyValue(shape) };
}

export function emptyValue(shape: string): unknown {
  if (shape === "words" || shape === "choices") return [];
  if (shape === "range" || shape === "duration_range") return [0, 1];
  if (shape === "money") return { amount_minor: 0, currency: "TWD" };
  if (shape === "moment") return "";
  return shape === "days" ? 30 : 1;
}
