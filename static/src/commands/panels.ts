import { useSyncExternalStore } from "react";

/** What is open over the page. */
let open = { palette: false, help: false };
const listeners = new Set<() => void>();

function set(next: Partial<typeof open>): void {
  open = { ...open, ...next };
  for (const listener of listeners) listener();
}

export const setPalette = (palette: boolean): void =>
  set(palette ? { palette, help: false } : { palette });
export const setHelp = (help: boolean): void => set(help ? { help, palette: false } : { help });
export const closePanels = (): void => set({ palette: false, help: false });
export const openPalette = (): void => setPalette(true);
export const openHelp = (): void => setHelp(true);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePanels() {
  return useSyncExternalStore(subscribe, () => open);
}
