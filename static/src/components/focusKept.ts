import { useEffect } from "react";

const OVER = '[role="dialog"], [role="menu"]';

/** When a dialog goes and takes the focus with it, the focus goes back to where it was before, for those at the keyboard. */
export function useFocusKept(): void {
  useEffect(keepFocus, []);
}

/** Mantine does so only for dialogs that stay mounted while they are closed; most are not there before they are open. */
export function keepFocus(): () => void {
  const openers = new WeakMap<Element, HTMLElement>();
  const watching = new Set<MutationObserver>();
  const kept = new WeakSet<HTMLElement>();
  let last: HTMLElement | null = null;

  /** What opened it; where that went, too, as an entry of a menu, what opened the menu. */
  const openerOf = (layer: Element): HTMLElement | null => {
    const opener = openers.get(layer) ?? null;
    if (!opener || opener.isConnected) return opener;
    const around = opener.closest(OVER);
    return around ? openerOf(around) : null;
  };
  const watch = (layer: Element) => {
    const observer = new MutationObserver(() => {
      if (layer.isConnected) return;
      observer.disconnect();
      watching.delete(observer);
      if (document.activeElement === document.body) openerOf(layer)?.focus({ preventScroll: true });
    });
    observer.observe(document.body, { childList: true, subtree: true });
    watching.add(observer);
  };
  /** A list that says so keeps the focus when the line that had it goes. */
  const keepIn = (list: HTMLElement) => {
    if (kept.has(list)) return;
    kept.add(list);
    const observer = new MutationObserver(() => {
      if (last?.isConnected && list.contains(last)) return;
      observer.disconnect();
      watching.delete(observer);
      kept.delete(list);
      if (last && !last.isConnected && document.activeElement === document.body) list.focus();
    });
    observer.observe(list, { childList: true, subtree: true });
    watching.add(observer);
  };
  const focused = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest(OVER);
    if (layer && last && !layer.contains(last) && !openers.has(layer)) {
      openers.set(layer, last);
      watch(layer);
    }
    last = target;
    const list = target.closest<HTMLElement>("[data-keeps-focus]");
    if (list && list !== target) keepIn(list);
  };
  document.addEventListener("focusin", focused);
  return () => {
    document.removeEventListener("focusin", focused);
    for (const observer of watching) observer.disconnect();
  };
}
