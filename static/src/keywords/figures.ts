import i18n from "../i18n";
import type { Keyword, KeywordDay } from "./queries";

/** 0.0312 as 3.1 %; what is small keeps two places. */
export function percent(share: number): string {
  const digits = share > 0 && share < 0.01 ? 2 : 1;
  return new Intl.NumberFormat(i18n.language, {
    style: "percent",
    maximumFractionDigits: digits,
  }).format(share);
}

/** How much higher it is than usual, in words for the reader; what rose from nothing is "new". */
export function riseWords({ rise, risen }: Pick<Keyword, "rise" | "risen">) {
  if (rise === null) return risen ? "new" : "";
  const sign = rise > 0 ? "+" : "";
  return `${sign}${new Intl.NumberFormat(i18n.language).format(rise)}%`;
}

export interface Point {
  on: string;
  share: number;
  band: [number, number];
  usual: number | null;
}

/** Percent for the chart; a day on which too few wrote the term to be counted is drawn as none. */
export function pointsOf(days: readonly KeywordDay[]): Point[] {
  return days.map(({ on, share, low, high, usual }) => ({
    on,
    share: share * 100,
    band: [low * 100, high * 100],
    usual: usual === null ? null : usual * 100,
  }));
}
