const HOUR = 60 * 60_000;
const BEFORE_CLOSING_MS = 30 * 60_000;

export interface LaterPreset {
  name: "hour" | "morning" | "window";
  at: Date;
  /** The window for free answers is closed by then: it would not leave. */
  closed: boolean;
}

/** When replies are kept for: in an hour, when the region opens next, and before the window closes. */
export function laterPresets(
  now: number,
  opensAt: string | undefined,
  closesAt: string | null,
): LaterPreset[] {
  const closes = closesAt ? Date.parse(closesAt) : null;
  const closed = (at: Date) => isClosedBy(at, closesAt);
  const found: LaterPreset[] = [];
  const add = (name: LaterPreset["name"], at: Date) => found.push({ name, at, closed: closed(at) });
  add("hour", new Date(now + HOUR));
  if (opensAt && Date.parse(opensAt) > now) add("morning", new Date(opensAt));
  if (closes !== null && closes - BEFORE_CLOSING_MS > now + HOUR) {
    add("window", new Date(closes - BEFORE_CLOSING_MS));
  }
  return found;
}

export function isClosedBy(at: Date, closesAt: string | null): boolean {
  return closesAt === null || at.getTime() >= Date.parse(closesAt);
}
