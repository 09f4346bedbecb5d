import { describe, expect, it } from "vitest";
import { hoursAndMinutes, windowState } from "./windowState";

const now = Date.parse("2026-03-01T08:00:00Z");

describe("the customer service window", () => {
  it("is open, soon to close, closed, or never was", () => {
    expect(windowState("2026-03-02T07:00:00Z", now)).toMatchObject({ state: "open", soon: false });
    expect(windowState("2026-03-01T11:59:59Z", now)).toMatchObject({ state: "open", soon: true });
    expect(windowState("2026-03-01T08:00:00Z", now)).toEqual({ state: "closed" });
    expect(windowState(null, now)).toEqual({ state: "never" });
    expect(windowState(null, now, 3)).toEqual({ state: "moved" });
  });

  it("never promises more than is left", () => {
    expect(hoursAndMinutes(3_599_999)).toEqual({ hours: 0, minutes: 59 });
    expect(hoursAndMinutes(3 * 3_600_000 + 59_999)).toEqual({ hours: 3, minutes: 0 });
  });
});
