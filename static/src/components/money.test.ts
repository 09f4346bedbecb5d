import { expect, it } from "vitest";
import { digitsOf, moneyOf, priceOf } from "./money";

it("writes money as its currency is counted", () => {
  expect(moneyOf(1999, "USD")).toBe("US$19.99");
  expect(moneyOf(1999, "JPY")).toBe("JP¥1,999");
  // The browser itself would take none, or two.
  expect(moneyOf(1999, "IQD")).toMatch(/1\.999$/);
  expect(moneyOf(19990, "CLF")).toMatch(/1\.9990$/);
});

it("leaves the digits out where an amount is whole, and says whose dollars they are", () => {
  expect(moneyOf(62000, "TWD")).toBe("NT$620");
  expect(moneyOf(62050, "TWD")).toBe("NT$620.50");
  expect(priceOf(620, "TWD")).toBe("NT$620");
  expect(moneyOf(-62000, "TWD")).toBe("-NT$620");
});

it("writes what is no currency as it is", () => {
  expect(priceOf(5, "tea leaves")).toBe("5 tea leaves");
  expect(digitsOf("TWD")).toBe(2);
});
