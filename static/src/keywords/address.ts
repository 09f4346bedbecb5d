import { useCallback, useMemo } from "react";
import { useLocation, useSearch } from "wouter";

export const SPANS = [1, 7, 28] as const;
export const TABS = ["report", "words"] as const;

export interface Asked {
  region: number | null;
  days: number;
  tab: (typeof TABS)[number];
  term: string | null;
}

export function readAddress(search: string): Asked {
  const given = new URLSearchParams(search);
  const days = Number(given.get("days"));
  const tab = TABS.find((one) => one === given.get("tab")) ?? "report";
  return {
    region: Number(given.get("region")) || null,
    days: SPANS.find((one) => one === days) ?? 7,
    tab,
    term: given.get("term"),
  };
}

export function addressOf({ region, days, tab, term }: Asked): string {
  const query = new URLSearchParams();
  if (region) query.set("region", String(region));
  if (days !== 7) query.set("days", String(days));
  if (tab !== "report") query.set("tab", tab);
  if (term) query.set("term", term);
  return query.size > 0 ? `/keywords?${query}` : "/keywords";
}

/** What is shown lives in the address: a notification leads to it, and it can be sent to somebody. */
export function useAsked(): [Asked, (change: Partial<Asked>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const asked = useMemo(() => readAddress(search), [search]);
  const change = useCallback(
    (wanted: Partial<Asked>) => navigate(addressOf({ ...asked, ...wanted }), { replace: true }),
    [asked, navigate],
  );
  return [asked, change];
}
