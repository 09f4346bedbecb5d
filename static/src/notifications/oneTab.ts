// Every tab hears the same news; exactly one of them says it aloud. The one that is looked at comes first.

const HELD_MS = 5000;
const REMEMBERED = 300;
const LATER_MS = 150;

const said = new Set<string>();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("kefu.said");
if (channel) channel.onmessage = ({ data }) => remember(String(data));

function remember(key: string): void {
  said.add(key);
  if (said.size > REMEMBERED) said.delete(said.values().next().value as string);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** First whoever gets the lock; it is held for a moment, and who comes later has heard by then that it was said. */
function firstByLock(key: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(`kefu.say.${key}`, { ifAvailable: true }, async (lock) => {
        const first = lock !== null && !said.has(key);
        if (first) {
          remember(key);
          channel?.postMessage(key);
        }
        resolve(first);
        if (first) await pause(HELD_MS);
      })
      .catch(() => resolve(false));
  });
}

/** True in exactly one tab of this browser for each `key`. */
export async function speaksFor(key: string): Promise<boolean> {
  if (!document.hasFocus()) await pause(LATER_MS + Math.random() * LATER_MS);
  if (said.has(key)) return false;
  // Locks need a secure address; without them, tabs that wait differently long tell each other.
  if (navigator.locks) return firstByLock(key);
  remember(key);
  channel?.postMessage(key);
  return true;
}
