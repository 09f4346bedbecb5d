import { useCallback, useState } from "react";

/** A remembered on/off choice of this browser. Private windows may refuse storage: then it lasts the visit. */
export function readFlag(key: string, fallback: boolean): boolean {
  try {
    const stored = localStorage.getItem(key);
    return stored === null ? fallback : stored === "1";
  } catch {
    return fallback;
  }
}

export function useStoredFlag(key: string, fallback: boolean): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => readFlag(key, fallback));
  const store = useCallback(
    (next: boolean) => {
      setOn(next);
      try {
        localStorage.setItem(key, next ? "1" : "0");
      } catch {
        // Kept for this visit only.
      }
    },
    [key],
  );
  return [on, store];
}
