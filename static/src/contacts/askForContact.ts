import { useEffect, useRef } from "react";

const listeners = new Set<() => void>();

/** Somewhere in a thread the contact is wanted; the page that shows it hears that. */
export function askForContact(): void {
  for (const listener of listeners) listener();
}

export function useContactAsked(listener: () => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = () => latest.current();
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}
