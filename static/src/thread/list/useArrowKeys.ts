import { type KeyboardEvent, type RefObject, useCallback } from "react";
import { useThread } from "../context";
import type { Row } from "../timeline/rows";
import type { ThreadVirtualizer } from "./useThreadVirtualizer";

function isBubble(row: Row | undefined): boolean {
  return row?.type === "message" && row.message.kind !== "system";
}

function nextBubble(rows: readonly Row[], from: number, step: 1 | -1): number {
  for (let index = from; index >= 0 && index < rows.length; index += step) {
    if (isBubble(rows[index])) return index;
  }
  return -1;
}

/** Moves the focus from message to message; those not drawn yet are scrolled to first. */
export function useArrowKeys(
  virtualizer: ThreadVirtualizer,
  rows: RefObject<readonly Row[]>,
  scroller: RefObject<HTMLDivElement | null>,
) {
  const { actions } = useThread();
  const focusRow = useCallback(
    (index: number) => {
      if (index < 0) return;
      virtualizer.scrollToIndex(index, { align: "auto" });
      const selector = `[data-index="${index}"] article`;
      const focus = (triesLeft: number) => {
        const bubble = scroller.current?.querySelector<HTMLElement>(selector);
        if (bubble) bubble.focus({ preventScroll: true });
        else if (triesLeft > 0) requestAnimationFrame(() => focus(triesLeft - 1));
      };
      focus(5);
    },
    [virtualizer, scroller],
  );
  const focusLast = useCallback(
    () => focusRow(nextBubble(rows.current, rows.current.length - 1, -1)),
    [focusRow, rows],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const onBubble = target.tagName === "ARTICLE";
    if (!onBubble && target !== scroller.current) return;
    const at = Number(target.closest("[data-index]")?.getAttribute("data-index") ?? -1);
    const last = rows.current.length - 1;
    if (event.key === "Escape") actions.focusComposer();
    else if (event.key === "End") focusLast();
    else if (event.key === "ArrowUp")
      focusRow(
        onBubble ? nextBubble(rows.current, at - 1, -1) : nextBubble(rows.current, last, -1),
      );
    else if (event.key === "ArrowDown" && onBubble) {
      const next = nextBubble(rows.current, at + 1, 1);
      if (next < 0) actions.focusComposer();
      else focusRow(next);
    } else return;
    // The page has keys of its own: Esc there closes the conversation.
    event.preventDefault();
    event.stopPropagation();
  };
  return { onKeyDown, focusLast };
}
