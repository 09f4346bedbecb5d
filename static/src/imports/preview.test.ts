import { describe, expect, it } from "vitest";
import { shownAs } from "./Preview";

const t = ((key: string) => key) as never;
const reader = { locale: "zh-Hant", time_zone: "Asia/Hong_Kong" };

describe("the cells of a look at a file", () => {
  it("shows times in the reader's zone, not as machines write them", () => {
    const shown = shownAs(t, "placed_at", { placed_at: "2026-11-27T16:00:00+00:00" }, reader);
    expect(shown).toContain("11/28");
    expect(shown).not.toContain("T");
  });

  it("shows amounts with their money and states in words", () => {
    const becomes = { total_minor: "123450", currency: "HKD", order_state: "paid" };
    expect(shownAs(t, "total_minor", becomes, reader)).toBe("HK$1,234.50");
    expect(shownAs(t, "order_state", becomes, reader)).toBe("imports.orderState.paid");
    expect(shownAs(t, "phone", becomes, reader)).toBe("");
  });
});
