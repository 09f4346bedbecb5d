import type { TFunction } from "i18next";
import type { Source } from "./queries";

const KNOWN = [
  "refused",
  "unreachable",
  "inside",
  "timeout",
  "too_large",
  "unreadable",
  "failing",
  "gone",
];

/** Why a system could not be reached, in words; a status stays a number. */
export function faultWords(t: TFunction, code: string): string {
  if (code.startsWith("http_")) return t("exchange.fault.status", { status: code.slice(5) });
  return KNOWN.includes(code) ? t(`exchange.fault.${code}`) : code;
}

/** How much of a shop's past has been read, in percent; null when it is over, or nobody knows. */
export function shareRead({ doing, expected, counts }: Source): number | null {
  if (doing !== "backfilling" || !expected) return null;
  const read = counts.find(({ resource }) => resource === "orders")?.read ?? 0;
  return Math.min(100, Math.floor((read / expected) * 100));
}
