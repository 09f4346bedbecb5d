import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

export const NAMES = ["q", "person", "action", "region", "object", "from", "to"] as const;
export type Filters = Partial<Record<(typeof NAMES)[number], string>>;

/** What is looked for lives in the address, so that a view of the log can be sent to somebody. */
export function useFilters(): [Filters, (change: Filters) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const filters = useMemo(() => {
    const given = new URLSearchParams(search);
    const pairs = NAMES.map((name) => [name, given.get(name) ?? ""] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== "")) as Filters;
  }, [search]);
  const change = useCallback(
    (wanted: Filters) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...filters, ...wanted })) {
        if (value) query.set(name, value);
      }
      navigate(query.size > 0 ? `/log?${query}` : "/log", { replace: true });
    },
    [filters, navigate],
  );
  return [filters, change];
}

/** The filters as the server takes them: days become the moments they begin and end in the reader's time zone. */
export function queryOf(filters: Filters, timeZone: string): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name];
    if (!value) continue;
    if (name === "from") query.set(name, dayBegins(value, timeZone));
    else if (name === "to") query.set(name, dayBegins(dayAfter(value), timeZone));
    else query.set(name, value);
  }
  return query;
}

const DAY = 86_400_000;

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

/** ISO 8601 in UTC of midnight in a zone. Asked twice: the clock may be set between the guess and the answer. */
export function dayBegins(day: string, timeZone: string): string {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const once = wall - aheadOf(wall, timeZone);
  return new Date(wall - aheadOf(once, timeZone)).toISOString();
}

/** By how many milliseconds the clocks of a zone are ahead of UTC at a moment. */
function aheadOf(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(moment / 1000) * 1000;
}
