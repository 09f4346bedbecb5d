import type { Command } from "./registry";

/** The keys of a command as they stand on a keyboard. */
export function shownKeys({ key, shown }: Command): readonly string[] {
  return shown ?? (key ? [key === "Escape" ? "Esc" : key] : []);
}
