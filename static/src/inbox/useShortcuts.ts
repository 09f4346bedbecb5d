import { useEffect, useRef } from "react";

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const OWN_KEYS = '[role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]';
const COVERS = '[aria-modal="true"]';

/** True when the key is somebody else's: typing, composing, a dialog or menu, a browser shortcut. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  if (event.metaKey || event.ctrlKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  return Boolean(target?.closest(`${TYPING}, ${OWN_KEYS}`));
}

/** One-key shortcuts by `event.key`. They never act while someone types, or on what a dialog covers. */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let covered = false;
    // Asked before anybody acts: the dialog that Esc closes is gone by the time the key arrives here.
    const foresee = () => {
      covered = document.querySelector(COVERS) !== null;
    };
    const press = (event: KeyboardEvent) => {
      if (covered || isTaken(event)) return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", foresee, { capture: true });
    document.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", foresee, { capture: true });
      document.removeEventListener("keydown", press);
    };
  }, []);
}
