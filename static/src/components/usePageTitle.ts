import { useEffect, useSyncExternalStore } from "react";
import { subscribeTabCount, tabCount } from "./tabCount";

/**
 * What the tab says, with how much waits: `also` and the notifications. Written into the document's one title
 * element: React's own would be a second.
 */
export function usePageTitle(title: string, also = 0): void {
  const waiting = useSyncExternalStore(subscribeTabCount, tabCount) + also;
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${title} · Kefu`;
  }, [title, waiting]);
}
