import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import { usePeople } from "../api/queries";
import type { CannedReply, Page } from "../api/types";
import { useTeams } from "../assigning/queries";
import type { StepNames } from "./stepWords";

export function useReplies() {
  return useQuery({
    queryKey: keys.cannedReplies,
    queryFn: ({ signal }) => api.get<Page<CannedReply>>("canned-replies", signal),
    select: (page) => page.results,
  });
}

export function useStepNames(): StepNames {
  const people = usePeople().data ?? [];
  const teams = useTeams().data ?? [];
  const replies = useReplies().data ?? [];
  return { people, teams, replies };
}
