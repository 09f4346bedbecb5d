import { useEffect } from "react";

const OVER = '[role="dialog"], [role="menu"]';

/** When a dialog goes and takes the focus with it, the focus goes back to where it was before, for those at the keyboard. */
export function useFocusKept(): void {
  useEffect(keepFocus, []);
}

/** Mantine does so only for dialogs that stay mounted while they are closed; most are not there before they are open. */
export function keepFocus(): () => void {
  const keeper = new FocusKeeper();
  document.addEventListener("focusin", keeper.focused);
  return () => {
    document.removeEventListener("focusin", keeper.focused);
    keeper.stop();
  };
}

class FocusKeeper {
  private readonly openers = new WeakMap<Element, HTMLElement>();
  private readonly watching = new Set<MutationObserver>();
  private readonly lists = new WeakSet<HTMLElement>();
  private last: HTMLElement | null = null;

  stop(): void {
    for (const observer of this.watching) observer.disconnect();
  }

  focused = ({ target }: FocusEvent): void => {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest(OVER);
    if (layer && this.last && !layer.contains(this.last) && !this.openers.has(layer)) {
      this.openers.set(layer, this.last);
      this.giveBackAfter(layer);
    }
    this.last = target;
    const list = target.closest<HTMLElement>("[data-keeps-focus]");
    if (list && list !== target) this.keepIn(list);
  };

  /** What opened it; where that went, too, as an entry of a menu, what opened the menu. */
  private openerOf(layer: Element): HTMLElement | null {
    const opener = this.openers.get(layer) ?? null;
    if (!opener || opener.isConnected) return opener;
    const around = opener.closest(OVER);
    return around ? this.openerOf(around) : null;
  }

  private giveBackAfter(layer: Element): void {
    this.watch(document.body, () => {
      if (layer.isConnected) return false;
      if (nobodyHasIt()) this.openerOf(layer)?.focus({ preventScroll: true });
      return true;
    });
  }

  /** A list that says so keeps the focus when the line that had it goes. */
  private keepIn(list: HTMLElement): void {
    if (this.lists.has(list)) return;
    this.lists.add(list);
    this.watch(list, () => {
      const { last } = this;
      if (last?.isConnected && list.contains(last)) return false;
      this.lists.delete(list);
      if (last && !last.isConnected && nobodyHasIt()) list.focus();
      return true;
    });
  }

  /** Asks with every change under `root` until it is settled. */
  private watch(root: HTMLElement, settled: () => boolean): void {
    const observer = new MutationObserver(() => {
      if (!this.watching.has(observer)) return;
      this.watching.delete(observer);
      if (settled()) observer.disconnect();
      else this.watching.add(observer);
    });
    observer.observe(root, { childList: true, subtree: true });
    this.watching.add(observer);
  }
}

function nobodyHasIt(): boolean {
  return document.activeElement === document.body;
}
