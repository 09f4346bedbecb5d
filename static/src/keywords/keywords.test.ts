import { describe, expect, it } from "vitest";
import { addressOf, readAddress } from "./address";
import { percent, pointsOf, riseWords } from "./figures";

describe("the address of the keywords", () => {
  it("leads back to what it was made of, and leaves out what is usual", () => {
    const asked = { region: 3, days: 28, tab: "words", term: "7f" } as const;
    expect(readAddress(addressOf(asked).split("?")[1] ?? "")).toEqual(asked);
    expect(addressOf({ region: null, days: 7, tab: "report", term: null })).toBe("/keywords");
  });

  it("takes what it does not know for the usual", () => {
    expect(readAddress("days=5&tab=x&region=a")).toEqual({
      region: null,
      days: 7,
      tab: "report",
      term: null,
    });
  });
});

describe("figures", () => {
  it("say how much higher a term is, and when it is new", () => {
    expect(riseWords({ rise: 34, risen: true })).toBe("+34%");
    expect(riseWords({ rise: -12, risen: false })).toBe("-12%");
    expect(riseWords({ rise: null, risen: true })).toBe("new");
    expect(riseWords({ rise: null, risen: false })).toBe("");
  });

  it("are percent in the chart, with nothing usual where there is no baseline", () => {
    const day = { on: "2026-11-27", messages: 4, conversations: 3, of: 30, known: true };
    const [point] = pointsOf([{ ...day, share: 0.1, low: 0.03, high: 0.26, usual: null }]);
    expect(point).toEqual({ on: "2026-11-27", share: 10, band: [3, 26], usual: null });
    expect(percent(0.1)).toBe("10%");
  });
});
