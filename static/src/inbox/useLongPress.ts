import { type MouseEvent, type PointerEvent, useEffect, useMemo, useRef } from "react";

const HELD_MS = 450;
const STILL_PX = 10;

/**
 * A finger that rests on a row chooses it, where there is no pointer to hover with. The click that follows, and the
 * browser's own menu, belong to it.
 */
export function useLongPress(onHeld: (id: string) => void) {
  const latest = useRef(onHeld);
  latest.current = onHeld;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const began = useRef({ x: 0, y: 0 });
  const held = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    const stop = () => clearTimeout(timer.current);
    return {
      onPointerDown: (event: PointerEvent) => {
        held.current = false;
        stop();
        if (event.pointerType === "mouse") return;
        const row = (event.target as Element).closest<HTMLElement>("a[data-id]");
        const id = row?.dataset.id;
        if (!id) return;
        began.current = { x: event.clientX, y: event.clientY };
        timer.current = setTimeout(() => {
          held.current = true;
          navigator.vibrate?.(10);
          latest.current(id);
        }, HELD_MS);
      },
      onPointerMove: ({ clientX, clientY }: PointerEvent) => {
        const { x, y } = began.current;
        if (Math.hypot(clientX - x, clientY - y) > STILL_PX) stop();
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      onClickCapture: (event: MouseEvent) => {
        if (!held.current) return;
        held.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
      onContextMenu: (event: MouseEvent) => {
        if (held.current) event.preventDefault();
      },
    };
  }, []);
}
