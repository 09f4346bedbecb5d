import { describe, expect, it } from "vitest";
import { dialOf, momentIn, presets } from "./snoozeTimes";

const TAIPEI = "Asia/Taipei";
const LONDON = "Europe/London";

describe("a moment in a zone", () => {
  it("is where its clock shows that time", () => {
    expect(momentIn("2026-03-02", "09:00", TAIPEI).toISOString()).toBe("2026-03-02T01:00:00.000Z");
    expect(momentIn("2026-01-05", "09:00", LONDON).toISOString()).toBe("2026-01-05T09:00:00.000Z");
    expect(momentIn("2026-07-06", "09:00", LONDON).toISOString()).toBe("2026-07-06T08:00:00.000Z");
  });

  it("is right on both sides of the night the clocks change", () => {
    expect(momentIn("2026-03-29", "00:30", LONDON).toISOString()).toBe("2026-03-29T00:30:00.000Z");
    expect(momentIn("2026-03-29", "09:00", LONDON).toISOString()).toBe("2026-03-29T08:00:00.000Z");
    expect(momentIn("2026-10-25", "09:00", LONDON).toISOString()).toBe("2026-10-25T09:00:00.000Z");
  });

  it("and what the clock shows then are each other's opposite", () => {
    const moment = momentIn("2026-07-06", "18:45", LONDON);
    expect(dialOf(moment, LONDON)).toBe("2026-07-06T18:45");
    expect(dialOf(moment, TAIPEI)).toBe("2026-07-07T01:45");
  });
});

describe("the usual times", () => {
  const at = (iso: string) =>
    Object.fromEntries(
      presets(Date.parse(iso), TAIPEI).map(({ name, at: moment }) => [
        name,
        dialOf(moment, TAIPEI),
      ]),
    );

  it("are in an hour, this evening, tomorrow and on Monday, in one's own zone", () => {
    // Wednesday, 10:00 in Taipei.
    expect(at("2026-03-04T02:00:00Z")).toEqual({
      hour: "2026-03-04T11:00",
      evening: "2026-03-04T18:00",
      tomorrow: "2026-03-05T09:00",
      monday: "2026-03-09T09:00",
    });
  });

  it("leave out an evening that is here already", () => {
    expect(at("2026-03-04T09:30:00Z").evening).toBeUndefined();
  });

  it("leave out a Monday that is tomorrow, and mean next week's on a Monday", () => {
    expect(at("2026-03-08T02:00:00Z").monday).toBeUndefined();
    expect(at("2026-03-09T02:00:00Z").monday).toBe("2026-03-16T09:00");
  });
});
