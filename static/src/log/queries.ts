import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api, made } from "../api/client";
import { keys } from "../api/keys";
import type { Operation, Page, Seal } from "../api/types";
import { notifyError } from "../components/toasts";

const LINES = 50;
const SEALED_EACH_MS = 60_000;

export function useOperations(query: URLSearchParams) {
  const filters = query.toString();
  return useInfiniteQuery({
    queryKey: keys.operations(filters),
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams(filters);
      asked.set("limit", String(LINES));
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Operation>>(`operations?${asked}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useSeal() {
  return useQuery({
    queryKey: keys.seal,
    queryFn: ({ signal }) => api.get<Seal>("operations/seal", signal),
    refetchInterval: SEALED_EACH_MS,
  });
}

/** Fetches the whole of what is looked for as a file, and hands it to the browser. */
export function useExport(query: URLSearchParams) {
  return useMutation({
    mutationFn: () => made(`operations/export?${query}`),
    onSuccess: (file) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `kefu-operations-${new Date().toISOString().slice(0, 10)}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: notifyError,
  });
}
