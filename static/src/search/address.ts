import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";
import { dayAfter, dayBegins } from "../log/filters";

export const GROUPS = ["messages", "notes", "contacts"] as const;
export type Group = (typeof GROUPS)[number];

export const FILTERS = [
  "agent",
  "channel",
  "direction",
  "type",
  "tag",
  "region",
  "from",
  "to",
] as const;
export type Filter = (typeof FILTERS)[number];
const NAMES = ["q", "in", ...FILTERS] as const;
export type Asked = Partial<Record<(typeof NAMES)[number], string>>;

/** Which of them say anything about what a group holds. */
const FITTING: Record<Group, readonly Filter[]> = {
  messages: FILTERS.filter((name) => name !== "tag"),
  notes: ["agent", "channel", "region", "from", "to"],
  contacts: ["region", "tag"],
};

/** What is looked for lives in the address: it can be sent to somebody, and the way back leads to it. */
export function useAsked(): [Asked, (change: Asked) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const asked = useMemo(() => {
    const given = new URLSearchParams(search);
    const pairs = NAMES.map((name) => [name, given.get(name) ?? ""] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== "")) as Asked;
  }, [search]);
  const change = useCallback(
    (wanted: Asked) => navigate(addressOf({ ...asked, ...wanted }), { replace: true }),
    [asked, navigate],
  );
  return [asked, change];
}

export function addressOf(asked: Asked): string {
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = asked[name];
    if (value) query.set(name, value);
  }
  return query.size > 0 ? `/search?${query}` : "/search";
}

/** Whether a group can hold anything of what was narrowed to: a contact has no direction. */
export function answers(group: Group, asked: Asked): boolean {
  return FILTERS.every((name) => !asked[name] || FITTING[group].includes(name));
}

/** As the server takes it: days become the moments they begin and end in the reader's time zone. */
export function queryOf(group: Group, asked: Asked, timeZone: string): URLSearchParams {
  const query = new URLSearchParams({ q: asked.q ?? "" });
  for (const name of FITTING[group]) {
    const value = asked[name];
    if (!value) continue;
    if (name === "from") query.set("since", dayBegins(value, timeZone));
    else if (name === "to") query.set("until", dayBegins(dayAfter(value), timeZone));
    else query.set(name, value);
  }
  return query;
}
