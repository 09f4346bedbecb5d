import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Row } from "../timeline/rows";
import { estimateRow } from "./estimate";
import { keepPosition, positionOf } from "./positions";
import { endThreshold, useEndKept } from "./useEndKept";

type EndTold = ReturnType<typeof useEndKept>;
export type ThreadVirtualizer = Virtualizer<HTMLDivElement, Element>;

function startOf(conversationId: string, rows: readonly Row[]) {
  const position = positionOf(conversationId);
  const item = position?.sizes.find((size) => size.key === position.key);
  const still = position && rows.some((row) => row.key === position.key);
  if (position && item && still) {
    return { offset: item.start + position.offset, sizes: position.sizes };
  }
  return { offset: null, sizes: [] };
}

/** The virtual list: opens where it was left, else at the unread divider, else at the end. */
export function useThreadVirtualizer(
  conversationId: string,
  rows: readonly Row[],
  scroller: RefObject<HTMLDivElement | null>,
): { virtualizer: ThreadVirtualizer; atEnd: boolean; settled: boolean; goesTo: EndTold } {
  const [start] = useState(() => startOf(conversationId, rows));
  const [atEnd, setAtEnd] = useState(start.offset === null);
  const [settled, setSettled] = useState(false);
  const built = useRef<ThreadVirtualizer>(null);
  useKeptPosition(conversationId, built);
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimateRow(rows[index] as Row),
    getItemKey: (index) => (rows[index] as Row).key,
    overscan: 8,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: endThreshold,
    paddingStart: 12,
    paddingEnd: 12,
    scrollPaddingStart: 24,
    initialMeasurementsCache: start.sizes,
    initialOffset: () => start.offset ?? rows.reduce((sum, row) => sum + estimateRow(row), 0),
    onChange: (instance) => setAtEnd(instance.isAtEnd(endThreshold)),
  });
  built.current = virtualizer;
  useOpening(virtualizer, rows, start.offset);
  const goesTo = useEndKept(virtualizer, scroller, settled);
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      setAtEnd(virtualizer.isAtEnd(endThreshold));
      setSettled(true);
    });
    return () => cancelAnimationFrame(frame);
  }, [virtualizer]);
  return { virtualizer, atEnd, settled, goesTo };
}

function useOpening(virtualizer: ThreadVirtualizer, rows: readonly Row[], offset: number | null) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only where the thread opens
  useLayoutEffect(() => {
    if (offset !== null) return;
    const unread = rows.findIndex((row) => row.type === "unread");
    if (unread >= 0) virtualizer.scrollToIndex(unread, { align: "start" });
    else virtualizer.scrollToEnd();
  }, []);
}

/** Called before the virtualizer is made: on leaving, it must be asked before it lets go of the list. */
function useKeptPosition(conversationId: string, built: RefObject<ThreadVirtualizer | null>) {
  useLayoutEffect(
    () => () => {
      const virtualizer = built.current;
      if (!virtualizer) return;
      const offset = virtualizer.scrollOffset ?? 0;
      const top = virtualizer.getVirtualItemForOffset(offset);
      const position =
        top && !virtualizer.isAtEnd(endThreshold)
          ? { key: String(top.key), offset: offset - top.start, sizes: virtualizer.takeSnapshot() }
          : null;
      keepPosition(conversationId, position);
    },
    [conversationId, built],
  );
}
