import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import { useMe } from "../session/MeContext";
import { type Asked, answers, type Group, queryOf } from "./address";

type Schemas = components["schemas"];
export type FoundMessage = Schemas["FoundMessage"];
export type FoundNote = Schemas["FoundNote"];
export type FoundContact = Schemas["FoundContact"];
export type Excerpt = FoundMessage["excerpt"];

interface Hits<T> {
  results: T[];
  next: string | null;
  partial: boolean;
}

/** So long the way back from a thread leads to the same list. */
const KEPT_MS = 10 * 60_000;
const FRESH_MS = 60_000;

/** One group of what was found; asked for only where it can hold something. */
export function useHits<T>(group: Group, asked: Asked, wanted: boolean) {
  const me = useMe();
  const query = queryOf(group, asked, me.time_zone).toString();
  return useInfiniteQuery({
    queryKey: keys.search(group, query),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return api.get<Hits<T>>(`search/${group}?${query}${cursor}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => ({
      rows: pages.flatMap((page) => page.results),
      partial: pages.at(-1)?.partial ?? false,
    }),
    enabled: wanted && Boolean(asked.q) && answers(group, asked),
    staleTime: FRESH_MS,
    gcTime: KEPT_MS,
  });
}
