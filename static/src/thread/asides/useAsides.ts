import { useEffect, useMemo } from "react";
import type { Message } from "../../api/types";
import type { Aside } from "../timeline/rows";
import { useHandovers, useInternalNotes } from "./queries";

interface Asides {
  asides: Aside[];
  /** Nothing more of them is to be awaited for the messages that are loaded. */
  settled: boolean;
}

/** What colleagues said to each other, oldest first, as far back as messages are loaded. */
export function useAsides(conversationId: string, messages: readonly Message[]): Asides {
  const notes = useInternalNotes(conversationId);
  const handovers = useHandovers(conversationId);
  const loaded = useMemo(
    () => notes.data?.pages.flatMap(({ results }) => results) ?? [],
    [notes.data],
  );
  const reached = loaded.at(-1)?.created_at;
  const wanted = messages[0]?.at;
  const short = reached !== undefined && (wanted === undefined || reached > wanted);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = notes;
  useEffect(() => {
    if (short && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [short, hasNextPage, isFetchingNextPage, fetchNextPage]);

  const asides = useMemo(() => {
    const said: Aside[] = [
      ...loaded.map((note) => ({ type: "note" as const, at: note.created_at, note })),
      // The one that still waits stands on top of the thread.
      ...(handovers.data?.results ?? [])
        .filter(({ ended_at }) => ended_at !== null)
        .map((handover) => ({ type: "handover" as const, at: handover.given_at, handover })),
    ];
    return said.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }, [loaded, handovers.data]);
  return { asides, settled: notes.isError || (notes.isSuccess && !(short && hasNextPage)) };
}
