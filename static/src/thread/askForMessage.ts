import { useEffect, useRef } from "react";

const listeners = new Set<(id: string) => void>();

/** Above the thread, one of its messages is named; the thread that shows it hears that, and goes there. */
export function askForMessage(id: string): void {
  for (const listener of listeners) listener(id);
}

export function useMessageAsked(listener: (id: string) => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = (id: string) => latest.current(id);
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}
