import { type RefObject, useEffect, useRef } from "react";

/** For a row of links that scrolls where not all of them fit: the one of the page that is open is in sight. */
export function useCurrentInSight<Row extends HTMLElement>(page: string): RefObject<Row | null> {
  const row = useRef<Row>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each page
  useEffect(() => {
    const current = row.current?.querySelector('[aria-current="page"]');
    current?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [page]);
  return row;
}
