import type { TFunction } from "i18next";
import type { CannedReply, MacroStep, Person, Team } from "../api/types";

/** What a step needs to be told by: the names behind its ids. */
export interface StepNames {
  people: readonly Person[];
  teams: readonly Team[];
  replies: readonly CannedReply[];
}

const DAY_MINUTES = 24 * 60;

/** One step in a sentence. */
export function stepWords(step: MacroStep, names: StepNames, t: TFunction): string {
  const key = `quick.step.${step.kind}`;
  switch (step.kind) {
    case "assign":
      return t(`${key}.does`, { name: personOf(step.to, names, t) });
    case "team":
      return t(`${key}.does`, {
        name: names.teams.find(({ id }) => id === step.team)?.name ?? "—",
      });
    case "priority":
      return t(`${key}.does`, { name: t(`inbox.priority.${step.priority}`) });
    case "payment":
      return t(step.marked === false ? `${key}.off` : `${key}.does`);
    case "snooze":
    case "later":
      return t(`${key}.does`, { time: spanOf(step, t) });
    case "template":
      return t(`${key}.does`, { name: String(step.template?.name ?? "") });
    default:
      return t(`${key}.does`);
  }
}

/** What a step says, if it says something. */
export function textOf(step: MacroStep, { replies }: StepNames): string {
  if (step.reply_id) return replies.find(({ id }) => id === step.reply_id)?.text ?? "";
  if (step.kind === "template") return String(step.template?.text ?? "");
  return step.text ?? "";
}

function personOf(to: unknown, { people }: StepNames, t: TFunction): string {
  if (to === "me" || to === "nobody") return t(`quick.step.assign.${to}`);
  return people.find(({ id }) => id === to)?.name ?? "—";
}

function spanOf({ minutes, days = 1 }: MacroStep, t: TFunction): string {
  if (minutes === undefined) return t("quick.step.morning", { count: days });
  if (minutes % DAY_MINUTES === 0) return t("quick.step.days", { count: minutes / DAY_MINUTES });
  if (minutes % 60 === 0) return t("quick.step.hours", { count: minutes / 60 });
  return t("quick.step.minutes", { count: minutes });
}
