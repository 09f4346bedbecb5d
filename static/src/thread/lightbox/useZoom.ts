import { type CSSProperties, type PointerEvent, useRef, useState, type WheelEvent } from "react";

const most = 6;

interface View {
  scale: number;
  x: number;
  y: number;
}

const whole: View = { scale: 1, x: 0, y: 0 };

export type Zoom = ReturnType<typeof useZoom>;

/** Zoom by keys, wheel and double press; a zoomed picture is dragged about. Each picture begins whole. */
export function useZoom(pictureId: string) {
  const [view, setView] = useState(whole);
  const [shown, setShown] = useState(pictureId);
  if (shown !== pictureId) {
    setShown(pictureId);
    setView(whole);
  }
  const drag = useRef<{ x: number; y: number } | null>(null);
  const by = (factor: number) =>
    setView(({ scale, x, y }) => {
      const next = Math.min(most, Math.max(1, scale * factor));
      return next === 1 ? whole : { scale: next, x: (x * next) / scale, y: (y * next) / scale };
    });
  const style: CSSProperties = {
    transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
    cursor: view.scale > 1 ? "grab" : "zoom-in",
  };
  const events = {
    onWheel: (event: WheelEvent) => by(event.deltaY < 0 ? 1.15 : 1 / 1.15),
    onDoubleClick: () => (view.scale > 1 ? setView(whole) : by(2.5)),
    onPointerDown: (event: PointerEvent) => {
      // A captured press would never become a click on the arrows.
      if (view.scale === 1 || (event.target as Element).closest("button")) return;
      drag.current = { x: event.clientX - view.x, y: event.clientY - view.y };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const from = drag.current;
      if (from) setView((v) => ({ ...v, x: event.clientX - from.x, y: event.clientY - from.y }));
    },
    onPointerUp: () => {
      drag.current = null;
    },
  };
  return { by, reset: () => setView(whole), style, events, scale: view.scale };
}
