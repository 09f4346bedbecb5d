import type { MacroStep } from "../../api/types";

export type StepKind = MacroStep["kind"];

/** In the order in which they are offered. */
export const KINDS: readonly StepKind[] = [
  "reply",
  "template",
  "note",
  "assign",
  "team",
  "priority",
  "payment",
  "snooze",
  "later",
  "lock",
  "resolve",
];

const HOUR = 60;

const START: Partial<Record<StepKind, Omit<MacroStep, "kind">>> = {
  reply: { text: "" },
  note: { text: "" },
  lock: { text: "" },
  assign: { to: "me" },
  priority: { priority: "high" },
  payment: { marked: true },
  snooze: { days: 1, wakes_on_reply: true },
  later: { text: "", minutes: 24 * HOUR, meanwhile: "ask" },
};

export function newStep(kind: StepKind): MacroStep {
  return { kind, ...START[kind] };
}

/** Whether it holds what the server will ask for. */
export function isComplete({ kind, text, reply_id, template, team }: MacroStep): boolean {
  if (kind === "reply" || kind === "later") return Boolean(reply_id || text?.trim());
  if (kind === "note" || kind === "lock") return Boolean(text?.trim());
  if (kind === "template") return Boolean(template?.name);
  return kind !== "team" || team !== undefined;
}
