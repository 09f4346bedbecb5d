import { describe, expect, it } from "vitest";
import i18n from "../i18n";
import { clockTime, dayIn, fullTime, listTime, span } from "./times";

// 01:30 on 2 March in Taipei, still 1 March in London and in UTC.
const NOW = Date.parse("2026-03-01T17:30:00Z");
const zone = "Asia/Taipei";
const t = i18n.getFixedT("zh-Hant");
const inList = (iso: string, locale = "zh-Hant", timeZone = zone) =>
  listTime(iso, { now: NOW, locale, timeZone, t: i18n.getFixedT(locale) });

describe("the time in a list row", () => {
  it.each([
    ["2026-03-01T17:29:30Z", "剛剛"],
    ["2026-03-01T17:12:00Z", "18 分鐘前"],
    ["2026-03-01T16:20:00Z", "00:20"],
    ["2026-03-01T15:00:00Z", "昨天"],
    ["2026-02-27T08:00:00Z", "2/27"],
    ["2025-12-31T15:59:00Z", "2025/12/31"],
    ["2025-12-31T16:00:00Z", "1/1"],
  ])("%s is %s in Taipei", (iso, expected) => {
    expect(inList(iso)).toBe(expected);
  });

  it("follows the reader's own zone: the same moment is today elsewhere", () => {
    expect(inList("2026-03-01T15:00:00Z", "en", "Europe/London")).toBe("15:00");
  });

  it("never counts the future: clocks differ a little", () => {
    expect(inList("2026-03-01T17:30:20Z")).toBe("剛剛");
  });
});

it("writes midnight as 00, not 24", () => {
  expect(clockTime(new Date("2026-03-01T16:00:00Z"), "zh-Hant", zone)).toBe("00:00");
});

it("knows the calendar day of a zone", () => {
  expect(dayIn(new Date(NOW), zone)).toBe("2026-03-02");
  expect(dayIn(new Date(NOW), "UTC")).toBe("2026-03-01");
});

/** Browsers differ in which kind of space they put between date and time. */
const plain = (text: string) => text.replace(/\s/g, " ");

it("tells the time in the browser's own zone when it does not know the asked one", () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = new Date(NOW);
  for (const bad of ["Asia/Taipai", "", "+99:99"]) {
    expect(clockTime(at, "en", bad)).toBe(clockTime(at, "en", own));
    expect(dayIn(at, bad)).toBe(dayIn(at, own));
  }
});

it("writes date and time in full", () => {
  expect(plain(fullTime("2026-03-01T17:30:00Z", "zh-Hant", zone))).toBe("2026/3/2 01:30");
  expect(plain(fullTime("2026-03-01T17:30:00Z", "en", zone))).toBe("2 Mar 2026, 01:30");
});

it("says a length of time in its largest unit", () => {
  const said = [10_000, 59 * 60_000, 3_600_000, 49 * 3_600_000].map((ms) => span(ms, t));
  expect(said).toEqual(["1 分鐘", "59 分鐘", "1 小時", "2 天"]);
});
