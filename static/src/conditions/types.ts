// What conditions can ask, and the question itself, as `GET conditions` and the rules and segments tell it.

export interface FactWords {
  key: string;
  about: string;
  kind: string;
  label: string;
  timed: boolean;
  /** Known as it was at any time; else dry runs ask it as it is today. */
  historic: boolean;
  /** Segments can ask it, too. */
  counted: boolean;
  choices: { value: string; label: string }[] | null;
}

export interface OperatorWords {
  kind: string;
  key: string;
  label: string;
  shape: string;
}

export interface Vocabulary {
  facts: FactWords[];
  operators: OperatorWords[];
}

export interface Condition {
  fact: string;
  op: string;
  value?: unknown;
  within_hours?: number;
}

export const HOWS = ["all", "any", "none"] as const;
export type How = (typeof HOWS)[number];
export type Group = { [how in How]?: Node[] };
export type Node = Group | Condition;
