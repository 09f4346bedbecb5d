import { useSyncExternalStore } from "react";
import { readFlag } from "../components/storage";

const KEY = "kefu.keys.single";
let on: boolean | null = null;
const listeners = new Set<() => void>();

function now(): boolean {
  on ??= readFlag(KEY, true);
  return on;
}

function store(next: boolean): void {
  on = next;
  try {
    localStorage.setItem(KEY, next ? "1" : "0");
  } catch {
    // Kept for this visit only.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether keys without a modifier do something. */
export function useSingleKeys(): [boolean, (next: boolean) => void] {
  return [useSyncExternalStore(subscribe, now), store];
}
