import type { components } from "../api/schema";
import type { Wire } from "../conditions/tree";

type Schemas = components["schemas"];
export type RuleVocabulary = Schemas["RuleVocabulary"];
export type RuleVersion = Schemas["RuleVersion"];
export type RuleReading = Schemas["RuleReading"];
export type RuleTrial = Schemas["RuleTrial"];
export type DeedKind = RuleVocabulary["actions"][number];
export type Action = { do: string } & Record<string, unknown>;

/** The outcome of a group or of a condition, each in words. */
export interface Verdict {
  holds?: boolean;
  how?: "all" | "any" | "none";
  parts?: Verdict[];
  text?: string;
  seen?: unknown;
}

export interface Draft {
  name: string;
  event: string;
  after_hours: number | null;
  conditions: Wire | null;
  actions: Action[];
  cooldown_hours: number;
  stops: boolean;
}

export type Rule = Omit<Schemas["AutomaticRule"], "conditions" | "actions"> & Draft;
export type RuleRun = Omit<Schemas["RuleRun"], "verdict"> & { verdict: Verdict };
export type RuleWhy = Omit<Schemas["RuleWhy"], "verdict"> & { verdict: Verdict };

export function draftOf(rule: Rule): Draft {
  const { name, event, after_hours, conditions, actions, cooldown_hours, stops } = rule;
  return { name, event, after_hours, conditions, actions, cooldown_hours, stops };
}
