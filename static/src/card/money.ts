/** Whole numbers of a currency's smallest unit, as people read them. */
export function moneyOf(minor: number, currency: string, locale: string): string {
  const tag = locale === "en" ? "en-GB" : "zh-Hant-TW";
  try {
    const format = new Intl.NumberFormat(tag, { style: "currency", currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    return `${minor / 100} ${currency}`;
  }
}
