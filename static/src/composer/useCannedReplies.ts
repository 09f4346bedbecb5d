import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { CannedReply } from "../api/types";

export type NewCannedReply = Pick<CannedReply, "shortcut" | "title" | "text">;

export function useSaveCannedReply() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reply: NewCannedReply) => api.post<CannedReply>("canned-replies", reply),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.cannedReplies });
      client.invalidateQueries({ queryKey: keys.allPrepared });
    },
  });
}
