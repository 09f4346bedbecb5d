import { dayIn, formatIn } from "../components/times";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const EVENING = "18:00";
const MORNING = "09:00";
const MONDAY = 1;

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
function aheadOf(moment: number, timeZone: string): number {
  const format = formatIn("en", timeZone, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const part = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  ) as Record<"year" | "month" | "day" | "hour" | "minute" | "second", number>;
  const dial = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return dial - Math.floor(moment / 1000) * 1000;
}

/** The moment at which a zone's clock shows `clock` ("09:00") on `day` ("2026-03-01"). */
export function momentIn(day: string, clock: string, timeZone: string): Date {
  const dial = Date.parse(`${day}T${clock}:00Z`);
  // Twice: the first guess may lie on the other side of the night the clocks change.
  const guess = dial - aheadOf(dial, timeZone);
  return new Date(dial - aheadOf(guess, timeZone));
}

/** What a zone's clock shows, as an input of date and time takes it. */
export function dialOf(moment: Date, timeZone: string): string {
  return new Date(moment.getTime() + aheadOf(moment.getTime(), timeZone))
    .toISOString()
    .slice(0, 16);
}

/** The moment at which a zone's clock shows what an input of date and time holds ("2026-03-01T09:00"). */
export function momentOf(dial: string, timeZone: string): Date {
  const [day = "", clock = ""] = dial.split("T");
  return momentIn(day, clock, timeZone);
}

export type PresetName = "hour" | "evening" | "tomorrow" | "monday";

export interface Preset {
  name: PresetName;
  at: Date;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The times people put a conversation aside for, in their own zone; those that are past or double are left out. */
export function presets(now: number, timeZone: string): Preset[] {
  const dayAfter = (days: number) => dayIn(new Date(now + days * DAY), timeZone);
  const evening = momentIn(dayAfter(0), EVENING, timeZone);
  const untilMonday = (MONDAY - weekdayOf(dayAfter(0)) + 7) % 7 || 7;
  const all: Preset[] = [
    { name: "hour", at: new Date(now + HOUR) },
    { name: "evening", at: evening },
    { name: "tomorrow", at: momentIn(dayAfter(1), MORNING, timeZone) },
    { name: "monday", at: momentIn(dayAfter(untilMonday), MORNING, timeZone) },
  ];
  return all.filter(
    ({ name }) =>
      (name !== "evening" || evening.getTime() > now + HOUR) &&
      (name !== "monday" || untilMonday > 1),
  );
}
