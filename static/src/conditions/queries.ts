import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Vocabulary } from "../api/types";

/** What can be asked in a region, about some things or all. */
export function useVocabulary(regionId: number | null, about = "") {
  return useQuery({
    queryKey: keys.vocabulary(regionId ?? 0, about),
    queryFn: ({ signal }) =>
      api.get<Vocabulary>(`conditions?region=${regionId}${about && `&about=${about}`}`, signal),
    enabled: regionId !== null,
  });
}
