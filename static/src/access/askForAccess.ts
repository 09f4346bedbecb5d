import { useEffect, useState } from "react";

/** What is lacking: a permission as the server spells it in a refusal, perhaps on one object only. */
export interface Lacking {
  permission: string;
  object?: { label: string; id: string };
}

const listeners = new Set<(lacking: Lacking) => void>();

/** Wherever something is refused, it can be asked for; the dialog hears of it here. */
export function askForAccess(lacking: Lacking): void {
  for (const listener of listeners) listener(lacking);
}

export function useAccessAsked() {
  const [asked, setAsked] = useState<Lacking | null>(null);
  useEffect(() => {
    listeners.add(setAsked);
    return () => void listeners.delete(setAsked);
  }, []);
  return [asked, () => setAsked(null)] as const;
}
