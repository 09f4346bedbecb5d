// A deed was refused until a code is given: the calls that wait for it share one dialog, and go on or give up together.
import { useSyncExternalStore } from "react";
import { whenFactorNeeded } from "../api/client";

type Settle = (given: boolean) => void;

let waiting: Settle[] = [];
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** True once a code was given; false when the person would rather not. */
export function askForFactor(): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    tell();
  });
}

export function settleFactor(given: boolean): void {
  const all = waiting;
  waiting = [];
  tell();
  for (const settle of all) settle(given);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useFactorAsked(): boolean {
  return useSyncExternalStore(subscribe, () => waiting.length > 0);
}

whenFactorNeeded(askForFactor);
