// WhatsApp's customer service window: free text may be sent until 24 hours after the customer's last
// message (Meta: "Customer service windows"; SR-1). The server computes when it closes.

export type WindowState =
  | { state: "open"; closesInMs: number; soon: boolean }
  | { state: "closed" }
  | { state: "never" }
  /** They wrote, but WhatsApp knows them by another number or id since (Meta: windows are per identity). */
  | { state: "moved" };

const soonMs = 4 * 3600 * 1000;

export function windowState(closesAt: string | null, now: number, heard = 0): WindowState {
  if (!closesAt) return { state: heard > 0 ? "moved" : "never" };
  const closesInMs = Date.parse(closesAt) - now;
  if (closesInMs <= 0) return { state: "closed" };
  return { state: "open", closesInMs, soon: closesInMs < soonMs };
}

/** Whole hours and minutes left, rounded down so that it never promises too much. */
export function hoursAndMinutes(ms: number): { hours: number; minutes: number } {
  const minutes = Math.floor(ms / 60_000);
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
