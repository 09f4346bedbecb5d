import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { CannedReply, Page } from "../api/types";
import { matching } from "./slash";

function load(q: string, signal: AbortSignal) {
  const query = new URLSearchParams({ limit: "100", ...(q ? { q } : {}) });
  return api.get<Page<CannedReply>>(`canned-replies?${query}`, signal);
}

/** The replies that fit; `query` null means nobody asks. A team's all fit one page as a rule and are sifted
 *  here, without a wait; only beyond that the server is asked. */
export function useCannedReplies(query: string | null) {
  const every = useQuery({
    queryKey: keys.cannedReplies(""),
    queryFn: ({ signal }) => load("", signal),
    enabled: query !== null,
    staleTime: 5 * 60_000,
  });
  const more = every.data?.next != null && Boolean(query);
  const found = useQuery({
    queryKey: keys.cannedReplies(query ?? ""),
    queryFn: ({ signal }) => load(query ?? "", signal),
    enabled: more,
    staleTime: 60_000,
  });
  const locale = useTranslation().i18n.language;
  const replies = useMemo(() => {
    if (query === null) return [];
    const known = every.data?.results ?? [];
    const extra = more ? (found.data?.results ?? []) : [];
    const ids = new Set(known.map((reply) => reply.id));
    return matching([...known, ...extra.filter((reply) => !ids.has(reply.id))], query, locale);
  }, [query, every.data, found.data, more, locale]);
  return { replies, loading: query !== null && every.isPending, failed: every.isError };
}

export type NewCannedReply = Pick<CannedReply, "shortcut" | "title" | "text">;

export function useSaveCannedReply() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reply: NewCannedReply) => api.post<CannedReply>("canned-replies", reply),
    onSuccess: () => client.invalidateQueries({ queryKey: ["canned-replies"] }),
  });
}
