// How many notifications wait, for the title of the tab whatever page is open.
const listeners = new Set<() => void>();
let count = 0;

export function tabCount(): number {
  return count;
}

export function setTabCount(next: number): void {
  if (next === count) return;
  count = next;
  for (const listener of listeners) listener();
}

export function subscribeTabCount(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
