import { type RefObject, useEffect } from "react";

/** Room for the round button that leads to the end of the thread. */
const JUMP_PX = 48;

/** While it is shown, toasts stand above this part of the page, in its middle. */
export function useToastsAbove(part: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = part.current;
    if (!element) return;
    const { style } = document.documentElement;
    const place = () => {
      const { top, left, width } = element.getBoundingClientRect();
      style.setProperty("--k-toasts-bottom", `${window.innerHeight - top + JUMP_PX}px`);
      style.setProperty("--k-toasts-middle", `${left + width / 2}px`);
    };
    const observer = new ResizeObserver(place);
    observer.observe(element);
    window.addEventListener("resize", place);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", place);
      style.removeProperty("--k-toasts-bottom");
      style.removeProperty("--k-toasts-middle");
    };
  }, [part]);
}
