import type { TFunction } from "i18next";
import { useEffect, useState } from "react";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A zone this browser does not know (mistyped in an account, or newer than the browser) becomes its own. */
function inKnownZone(
  tag: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(tag, { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(tag, options);
  }
}

/** Formatters are costly to make and a list asks for many. */
export function formatIn(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    const tag = locale === "en" ? "en-GB" : "zh-Hant-TW";
    format = inKnownZone(tag, timeZone, options);
    formats.set(key, format);
  }
  return format;
}

/** Calendar day in that zone, as YYYY-MM-DD. */
export function dayIn(date: Date, timeZone: string): string {
  const format = formatIn("en", timeZone, { year: "numeric", month: "2-digit", day: "2-digit" });
  const [day, month, year] = format.format(date).split("/");
  return `${year}-${month}-${day}`;
}

export function clockTime(date: Date, locale: string, timeZone: string): string {
  return formatIn(locale, timeZone, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

interface When {
  now: number;
  locale: string;
  timeZone: string;
  t: TFunction;
}

/** For a list row: minutes, then the time of day, yesterday, the date, the date with its year. */
export function listTime(iso: string, { now, locale, timeZone, t }: When): string {
  const date = new Date(iso);
  const age = now - date.getTime();
  if (age < MINUTE) return t("time.now");
  if (age < HOUR) return t("time.minutes", { n: Math.floor(age / MINUTE) });
  const today = dayIn(new Date(now), timeZone);
  const day = dayIn(date, timeZone);
  if (day === today) return clockTime(date, locale, timeZone);
  if (day === dayIn(new Date(now - 24 * HOUR), timeZone)) return t("time.yesterday");
  const thisYear = day.slice(0, 4) === today.slice(0, 4);
  return formatIn(locale, timeZone, {
    year: thisYear ? undefined : "numeric",
    month: locale === "en" ? "short" : "numeric",
    day: "numeric",
  }).format(date);
}

/** The day without its year, and the time: where the year goes without saying. */
export function dayAndTime(date: Date, locale: string, timeZone: string): string {
  return formatIn(locale, timeZone, {
    month: locale === "en" ? "short" : "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

/** A calendar day, given as YYYY-MM-DD: the same day in every zone. */
export function calendarDay(day: string, locale: string): string {
  return formatIn(locale, "UTC", {
    year: "numeric",
    month: locale === "en" ? "short" : "numeric",
    day: "numeric",
  }).format(new Date(day));
}

/** Date and time in full, for tooltips and the contact panel. */
export function fullTime(iso: string, locale: string, timeZone: string): string {
  return formatIn(locale, timeZone, {
    year: "numeric",
    month: locale === "en" ? "short" : "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(new Date(iso));
}

/** A length of time in its largest fitting unit: "12 分鐘", "3 小時", "2 天". */
export function span(ms: number, t: TFunction): string {
  if (ms < HOUR) return t("time.spanMinutes", { n: Math.max(1, Math.floor(ms / MINUTE)) });
  if (ms < 24 * HOUR) return t("time.spanHours", { n: Math.floor(ms / HOUR) });
  return t("time.spanDays", { n: Math.floor(ms / (24 * HOUR)) });
}

let minute = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const watchers = new Set<(now: number) => void>();

/** The time, renewed once a minute for all who ask, so that relative times stay true. */
export function useMinute(): number {
  const [now, setNow] = useState(() => Math.max(minute, Date.now()));
  useEffect(() => {
    watchers.add(setNow);
    timer ??= setInterval(() => {
      minute = Date.now();
      for (const watcher of watchers) watcher(minute);
    }, MINUTE);
    return () => {
      watchers.delete(setNow);
      if (watchers.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
  return now;
}
