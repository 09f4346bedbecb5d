import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
/** What could not be stored: private windows may refuse, then it lasts the visit. */
const unstored = new Map<string, boolean>();

/** A remembered on/off choice of this browser. */
export function readFlag(key: string, fallback: boolean): boolean {
  const kept = unstored.get(key);
  if (kept !== undefined) return kept;
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? fallback : stored === "1";
  } catch {
    return fallback;
  }
}

function storeFlag(key: string, on: boolean): void {
  try {
    localStorage.setItem(key, on ? "1" : "0");
    unstored.delete(key);
  } catch {
    unstored.set(key, on);
  }
  for (const listener of listeners) listener();
}

/** Other tabs tell of their changes by the browser's own event. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The same choice wherever it is shown: changed in one place, it is changed in all. */
export function useStoredFlag(key: string, fallback: boolean): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(subscribe, () => readFlag(key, fallback));
  const store = useCallback((next: boolean) => storeFlag(key, next), [key]);
  return [on, store];
}
