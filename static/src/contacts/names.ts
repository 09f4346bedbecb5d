/** "zh-TW" → 中文（台灣）; null for nothing, the code itself when no name is known. */
export function nameOf(
  type: "language" | "region",
  code: string | null | undefined,
  locale: string,
): string | null {
  if (!code) return null;
  const tag = locale === "en" ? "en" : "zh-Hant-TW";
  try {
    return new Intl.DisplayNames([tag], { type }).of(code.replace("_", "-")) ?? code;
  } catch {
    return code;
  }
}
