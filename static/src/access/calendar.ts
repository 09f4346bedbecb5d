import type { Grant, PersonBrief } from "../api/types";
import { formatIn } from "../components/times";

const DAY_MS = 86_400_000;
export const DAYS = 14;
const WHOLE = 100;

/** Two weeks that begin on a day, `offset` fortnights from the one with `now`. ISO times. */
export function weekFrom(now: Date, offset: number): { since: string; until: string } {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  const since = start.getTime() + offset * DAYS * DAY_MS;
  return {
    since: new Date(since).toISOString(),
    until: new Date(since + DAYS * DAY_MS).toISOString(),
  };
}

export function dayNames(since: string, locale: string, timeZone: string): string[] {
  const first = Date.parse(since);
  const format = formatIn(locale, timeZone, { month: "numeric", day: "numeric" });
  return Array.from({ length: DAYS }, (_, day) => format.format(new Date(first + day * DAY_MS)));
}

export function byPerson(grants: readonly Grant[]): { person: PersonBrief; grants: Grant[] }[] {
  const found = new Map<number, { person: PersonBrief; grants: Grant[] }>();
  for (const grant of grants) {
    const line = found.get(grant.person.id) ?? { person: grant.person, grants: [] };
    line.grants.push(grant);
    found.set(grant.person.id, line);
  }
  return [...found.values()].sort((a, b) => a.person.name.localeCompare(b.person.name));
}

/** Where a bar lies within the span, in per cent; what was ended early ends there. */
export function barOf(grant: Grant, since: string, until: string) {
  const [from, to] = [Date.parse(since), Date.parse(until)];
  const end = Math.min(Date.parse(grant.ended_at ?? grant.ends_at), to);
  const start = Math.max(Date.parse(grant.starts_at), from);
  const share = (ms: number) => (ms / (to - from)) * WHOLE;
  return { marginLeft: `${share(start - from)}%`, width: `${Math.max(share(end - start), 1)}%` };
}
