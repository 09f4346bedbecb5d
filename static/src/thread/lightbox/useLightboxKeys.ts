import { type RefObject, useEffect, useRef } from "react";
import { zoomStep } from "./LightboxBar";
import type { Zoom } from "./useZoom";

interface Keys {
  zoom: Zoom;
  onClose(): void;
  onStep(by: number): void;
}

/** The keys of the picture over the window, wherever the focus is: a press on a toast may take it outside. */
export function useLightboxKeys(cover: RefObject<HTMLElement | null>, keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const { zoom, onClose, onStep } = latest.current;
      if (event.key === "Escape") onClose();
      else if (event.key === "ArrowLeft") onStep(-1);
      else if (event.key === "ArrowRight") onStep(1);
      else if (event.key === "+" || event.key === "=") zoom.by(zoomStep);
      else if (event.key === "-") zoom.by(1 / zoomStep);
      else if (event.key === "0") zoom.reset();
      else if (event.key === "Tab" && !cover.current?.contains(document.activeElement)) {
        cover.current?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before any element behind hears of it.
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, [cover]);
}
