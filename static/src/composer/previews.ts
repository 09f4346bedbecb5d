// The picture an agent has just sent is already in this browser: showing it spares a download and keeps
// the bubble from blinking when the server's copy takes over.

const kept = 24;
const previews = new Map<string, string>();

/** Keeps an object URL under the message's client_ref; the oldest ones are let go. */
export function keepPreview(ref: string, url: string): void {
  previews.set(ref, url);
  for (const [oldest, stale] of previews) {
    if (previews.size <= kept) break;
    previews.delete(oldest);
    URL.revokeObjectURL(stale);
  }
}

export function previewOf(ref: string | null): string | null {
  return ref ? (previews.get(ref) ?? null) : null;
}
