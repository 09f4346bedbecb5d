import { useEffect, useRef } from "react";

const listeners = new Set<() => void>();

/** From anywhere: an answer to the customer is wanted. True when a conversation is open that hears it. */
export function askToAnswer(): boolean {
  for (const listener of listeners) listener();
  return listeners.size > 0;
}

export function useAnswerAsked(listener: () => void): void {
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => {
    const hear = () => latest.current();
    listeners.add(hear);
    return () => void listeners.delete(hear);
  }, []);
}
