import type { Command } from "./registry";

/** The keys of a command as they stand on a keyboard. */
export function shownKeys({ key, shown }: Command): readonly string[] {
  if (shown) return shown;
  if (!key) return [];
  return [key === "Escape" ? "Esc" : key.length === 1 ? key.toUpperCase() : key];
}
