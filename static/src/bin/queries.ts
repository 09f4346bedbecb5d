import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { notifyError } from "../components/toasts";

type Schemas = components["schemas"];
export type Deletion = Schemas["Deletion"];
export type BinState = "binned" | "asked";
const PAGE = 30;

export function useBin(state: BinState, q: string) {
  return useInfiniteQuery({
    queryKey: keys.binList(state, q),
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ state, q, limit: String(PAGE) });
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Deletion>>(`bin?${asked}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useBinCounts() {
  return useQuery({
    queryKey: keys.binCounts,
    queryFn: ({ signal }) => api.get<Schemas["BinCounts"]>("bin/counts", signal),
  });
}

export function useDelete() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      api.post<Deletion>(`conversations/${id}/delete`, { reason }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.bin }),
    onError: notifyError,
  });
}

/** By its number in the bin. */
export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Deletion>(`bin/${id}/restore`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.bin }),
    onError: notifyError,
  });
}

export type BinDeed =
  | { deed: "confirm-deletion" | "refuse-deletion" | "restore" | "purge" | "release" }
  | { deed: "hold"; reason: string };

/** What is done with something in the bin. */
export function useBinDeed(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: BinDeed) => {
      if (asked.deed === "release") return api.delete<Deletion>(`bin/${id}/hold`);
      const body = asked.deed === "hold" ? { reason: asked.reason } : undefined;
      return api.post<Deletion>(`bin/${id}/${asked.deed}`, body);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.bin }),
    onError: notifyError,
  });
}
