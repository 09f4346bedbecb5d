import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { ThreadVirtualizer } from "./useThreadVirtualizer";

/** Nearer to the end than this, in CSS pixels, counts as being there. */
export const endThreshold = 60;

function shortOfEnd(element: HTMLElement): number {
  return element.scrollHeight - element.scrollTop - element.clientHeight;
}

/**
 * A thread that stood at its end stays there, whatever changes. The virtualizer follows a row put behind the
 * last one; it loses the end when several rows change at once, and when messages come in above one that
 * still waits to be sent. The returned function says that one is about to go elsewhere, or to the end: the scrolling
 * itself is only heard of after the rows there were measured, and rows that grow meanwhile move the end away.
 */
export function useEndKept(
  virtualizer: ThreadVirtualizer,
  scroller: RefObject<HTMLDivElement | null>,
  settled: boolean,
): (atEnd: boolean) => void {
  const stood = useStood(scroller, settled);
  const total = virtualizer.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: in the paint that shows the new height
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && stood.current && shortOfEnd(element) > 1) virtualizer.scrollToEnd();
  }, [virtualizer, scroller, stood, total]);
  // The composer grows with its text and leaves the thread a smaller room.
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stood.current) virtualizer.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [virtualizer, scroller, stood]);
  return useCallback(
    (atEnd: boolean) => {
      stood.current = atEnd;
    },
    [stood],
  );
}

/** Whether the thread stood at its end. What arrives moves the end away; only scrolling back leaves it. */
function useStood(scroller: RefObject<HTMLDivElement | null>, settled: boolean) {
  const stood = useRef(false);
  useEffect(() => {
    const element = scroller.current;
    // Before, a thread that opens at its unread part seems to stand at its end.
    if (!element || !settled) return;
    let top = element.scrollTop;
    stood.current = shortOfEnd(element) <= endThreshold;
    const remember = () => {
      const back = element.scrollTop < top;
      top = element.scrollTop;
      stood.current = shortOfEnd(element) <= endThreshold || (stood.current && !back);
    };
    // Before the virtualizer hears of it: it draws and measures the rows of the new place at once.
    const early = { capture: true, passive: true };
    element.addEventListener("scroll", remember, early);
    return () => element.removeEventListener("scroll", remember, early);
  }, [scroller, settled]);
  return stood;
}
