import { describe, expect, it } from "vitest";
import { isClosedBy, laterPresets } from "./laterTimes";

const now = Date.parse("2026-03-02T08:00:00Z");
const names = (opens: string | undefined, closes: string | null) =>
  laterPresets(now, opens, closes).map(({ name, closed }) => [name, closed]);

describe("times to send later", () => {
  it("are in an hour, when the region opens, and before the window closes", () => {
    expect(names("2026-03-03T01:00:00Z", "2026-03-03T06:00:00Z")).toEqual([
      ["hour", false],
      ["morning", false],
      ["window", false],
    ]);
  });

  it("say when the window will be closed by then", () => {
    expect(names("2026-03-03T01:00:00Z", "2026-03-02T20:00:00Z")).toEqual([
      ["hour", false],
      ["morning", true],
      ["window", false],
    ]);
    expect(isClosedBy(new Date(now), null)).toBe(true);
  });

  it("leave out a closing that is nearly there", () => {
    expect(names(undefined, "2026-03-02T09:15:00Z")).toEqual([["hour", false]]);
  });
});
