import { UNUSUAL_DIGITS } from "../api/currencies";

export function digitsOf(currency: string): number {
  return UNUSUAL_DIGITS[currency] ?? 2;
}

/** Whole numbers of a currency's smallest unit, as people read them. */
export function moneyOf(minor: number, currency: string): string {
  return priceOf(minor / 10 ** digitsOf(currency), currency);
}

/** An amount as people read it: with all digits of its currency, or without any when it is whole. */
export function priceOf(amount: number, currency: string): string {
  const digits = digitsOf(currency);
  try {
    // With British signs in either language: "$" alone is another currency in each country, "NT$" is read everywhere.
    return new Intl.NumberFormat("en-GB", {
      style: "currency",
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      trailingZeroDisplay: "stripIfInteger",
    }).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}
