import { useSyncExternalStore } from "react";

// Why a session ended, by whoever heard it first: an answer of the server, the live connection it closed, or another
// tab, since the cookie that the server knows it by is gone after the first question.

export type Over = "idle" | "revoked" | "by_admin" | "password" | "locked" | "address";
const KNOWN: readonly string[] = ["idle", "revoked", "by_admin", "password", "locked", "address"];
const KEPT = "kefu.over";
/** Another tab asks within seconds, unless it slept: then it says that the session has expired. */
const HOLDS_MS = 60_000;

export function asOver(word: string): Over | null {
  return KNOWN.includes(word) ? (word as Over) : null;
}

/** A refusal's code, such as "session_idle". */
export function overOfCode(code: string): Over | null {
  return code.startsWith("session_") ? asOver(code.slice("session_".length)) : null;
}

const listeners = new Set<() => void>();

export function noteOver(over: Over | null): void {
  if (!over) return;
  localStorage.setItem(KEPT, JSON.stringify({ over, at: Date.now() }));
  for (const listener of listeners) listener();
}

/** Another tab may have been told, and this one only that nobody is signed in: it hears of it a moment later. */
export function useNotedOver(): Over | null {
  return useSyncExternalStore(subscribe, notedOver);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** What was noted lately. */
export function notedOver(): Over | null {
  try {
    const { over, at } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return Date.now() - at < HOLDS_MS ? asOver(over) : null;
  } catch {
    return null;
  }
}

export function forgetOver(): void {
  localStorage.removeItem(KEPT);
}
