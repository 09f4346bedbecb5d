import { useMemo, useState } from "react";
import type { Asked, Sort } from "../api/types";
import { useStoredFlag } from "../components/storage";
import { PRESSING } from "../stream/lists";
import type { Place } from "./views";

const PRESSING_FIRST = "kefu.pressingFirst";

/** What a person narrows a list by for now, and in what order they like lists. */
export type Narrowing = Omit<Asked, "view" | "sort">;

export interface Narrowed {
  asked: Asked | null;
  sort: Sort;
  setSort: (sort: Sort) => void;
  narrowing: Narrowing;
  narrow: (by: Narrowing) => void;
}

/** The order is remembered; what the list is narrowed by is forgotten when one goes to another. */
export function useNarrowing(place: Place, base: Asked | null): Narrowed {
  const [pressing, setPressing] = useStoredFlag(PRESSING_FIRST, false);
  const sort: Sort = pressing ? "pressing" : "newest";
  const [narrowed, setNarrowed] = useState<{ place: Place; by: Narrowing }>({ place, by: {} });
  const narrowing = narrowed.place === place ? narrowed.by : NOTHING;
  const key = JSON.stringify(base);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is told by its text
  const asked = useMemo(
    () => base && withSort({ ...base, ...narrowing }, base.sort ?? sort),
    [key, narrowing, sort],
  );
  const setSort = (next: Sort) => setPressing(next === "pressing");
  return { asked, sort, setSort, narrowing, narrow: (by) => setNarrowed({ place, by }) };
}

const NOTHING: Narrowing = {};

/** The usual order goes without saying, so that one list has one key. */
function withSort({ sort: _, ...asked }: Asked, sort: Sort): Asked {
  return sort === "pressing" && PRESSING.includes(asked.view) ? { ...asked, sort } : asked;
}
