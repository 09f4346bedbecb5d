// Days and times as the signed-in person reads them: in their time zone and language.
import { clockTime, dayIn, formatIn, fullTime as fullTimeOf } from "../../components/times";

const days = new Map<string, string>();
const quarterMs = 15 * 60_000;

/** "2026-11-22" in the given zone. Thousands of rows ask, so answers are kept. */
export function dayKey(at: string, timeZone: string): string {
  // Zones differ from UTC by whole quarters of an hour, so a quarter lies within one day.
  const slot = `${timeZone}|${Math.floor(Date.parse(at) / quarterMs)}`;
  const known = days.get(slot);
  if (known) return known;
  const day = dayIn(new Date(at), timeZone);
  if (days.size > 5000) days.clear();
  days.set(slot, day);
  return day;
}

/** "14:05" */
export function timeOf(at: string, locale: string, timeZone: string): string {
  return clockTime(new Date(at), locale, timeZone);
}

export const fullTime = fullTimeOf;

/** "today" and "yesterday" have words of their own. */
export function dayName(at: string, now: Date, timeZone: string): "today" | "yesterday" | null {
  const day = dayKey(at, timeZone);
  if (day === dayKey(now.toISOString(), timeZone)) return "today";
  const yesterday = new Date(now.getTime() - 24 * 3600 * 1000);
  return day === dayKey(yesterday.toISOString(), timeZone) ? "yesterday" : null;
}

/** "11月20日 星期五" / "Friday, 20 November"; with the year when it is another one. */
export function longDay(at: string, now: Date, locale: string, timeZone: string): string {
  const year = (time: string) => dayKey(time, timeZone).slice(0, 4);
  return formatIn(locale, timeZone, {
    month: "long",
    day: "numeric",
    weekday: "long",
    year: year(at) === year(now.toISOString()) ? undefined : "numeric",
  }).format(new Date(at));
}
