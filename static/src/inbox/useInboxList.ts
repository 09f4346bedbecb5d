import { useMemo } from "react";
import { useConversationList } from "../api/queries";
import { useMay } from "../session/MeContext";
import { flatten } from "../stream/lists";
import { useNarrowing } from "./useNarrowing";
import { usePlace } from "./usePlace";
import { useSelection } from "./useSelection";
import type { Place } from "./views";

/** The list of a place: what it is called, what is in it, how it is narrowed, and what is chosen in it. */
export function useInboxList(place: Place) {
  const shown = usePlace(place);
  const narrowed = useNarrowing(place, shown.asked);
  const query = useConversationList(narrowed.asked);
  const rows = useMemo(() => flatten(query.data), [query.data]);
  const selection = useSelection(rows);
  const maySelect = useMay("conversation.bulk");
  return { place, ...shown, narrowed, query, rows, selection, maySelect };
}

export type InboxList = ReturnType<typeof useInboxList>;
