import { useEffect } from "react";

/** What the tab says. Written into the document's one title element: React's own would be a second. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Kefu`;
  }, [title]);
}
