import type { TFunction } from "i18next";
import type { AccountEvent } from "../api/types";
import { limitWords, valueWords } from "./words";

// Values shown beside what happened, in this order; a template's id and the like help nobody.
const SHOWN = [
  "name",
  "language",
  "username",
  "category",
  "coming",
  "before",
  "after",
  "reason",
  "details",
  "advice",
  "words",
  "limit",
  "numbers",
  "violation",
  "ban",
  "ban_date",
  "status",
  "title",
  "phase",
  "percent",
  "messages",
  "requester",
] as const;
// Those whose value is one of Meta's words rather than a sentence or a name.
const OF_META = new Set(["category", "coming", "before", "after", "ban", "status"]);

/** What happened, in a sentence: of this event, else of its field, else the field's own name. */
export function eventWords({ field, event }: AccountEvent, t: TFunction): string {
  const ofField = t(`channels.event.${field}.title`, { defaultValue: field });
  if (!event) return ofField;
  return t(`channels.event.${field}.${event}`, {
    defaultValue: t("channels.event.other", { what: ofField, event: valueWords(event, t) }),
  });
}

/** The values that were told, each with its name; restrictions with their end. */
export function eventDetails(
  { told }: AccountEvent,
  t: TFunction,
  time: (iso: string) => string,
): string {
  const parts = SHOWN.filter((name) => isTold(told[name])).map((name) => {
    const value = String(told[name]);
    if (name === "limit")
      return t("channels.told.pair", {
        name: t("channels.told.limit"),
        value: limitWords(value, t),
      });
    return t("channels.told.pair", {
      name: t(`channels.told.${name}`),
      value: OF_META.has(name) ? valueWords(value, t) : value,
    });
  });
  return [...parts, ...restrictions(told.restrictions, t, time)].join(t("channels.told.between"));
}

function isTold(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || (typeof value === "number" && value > 0);
}

function restrictions(rows: unknown, t: TFunction, time: (iso: string) => string): string[] {
  if (!Array.isArray(rows)) return [];
  return rows.map(({ kind, until }: { kind: string; until: string | null }) => {
    const words = t(`channels.restriction.${kind}`, { defaultValue: kind });
    return until ? t("channels.told.until", { words, time: time(until) }) : words;
  });
}
