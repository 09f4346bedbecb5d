import type { TFunction } from "i18next";

const HOURS_A_DAY = 24;
const CHOICES = [1, 4, 8, 24, 72, 168, 336, 720];

/** How long something can be asked for, as choices of a list. */
export function hoursChoices(t: TFunction): { value: string; label: string }[] {
  return CHOICES.map((hours) => ({ value: String(hours), label: hoursWords(hours, t) }));
}

export function hoursWords(hours: number, t: TFunction): string {
  return hours % HOURS_A_DAY === 0
    ? t("access.days", { count: hours / HOURS_A_DAY })
    : t("access.hours", { count: hours });
}
