const names = new Map<string, Intl.DisplayNames>();

/** A country as its readers call it; the code where this browser has no name for it; null for none. */
export function countryName(code: string, locale: string): string | null {
  if (!code) return null;
  const tag = locale === "en" ? "en" : "zh-Hant-TW";
  let words = names.get(tag);
  if (!words) {
    words = new Intl.DisplayNames(tag, { type: "region" });
    names.set(tag, words);
  }
  try {
    return words.of(code) ?? code;
  } catch {
    return code;
  }
}
