import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { notifyError } from "../components/toasts";

type Schemas = components["schemas"];
export type Figures = Schemas["Hygiene"];
export type HygieneNumber = Schemas["HygieneNumber"];
export type Pair = Schemas["DuplicatePair"];
export type MergeDone = Schemas["MergeDone"];
export type ListName = "bounced" | "dormant" | "suppressed";
const PAGE = 50;
const LOOKS_MS = [1500, 4000, 10_000, 25_000];

export function useFigures() {
  return useQuery({
    queryKey: keys.hygieneFigures,
    queryFn: ({ signal }) => api.get<Figures>("hygiene", signal),
  });
}

function usePages<T>(key: readonly unknown[], path: string) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return api.get<Page<T>>(`${path}limit=${PAGE}${cursor}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useNumbers(name: ListName) {
  return usePages<HygieneNumber>(keys.hygieneList(name), `hygiene/numbers?list=${name}&`);
}

export function usePairs() {
  return usePages<Pair>(keys.hygieneList("duplicates"), "hygiene/duplicates?");
}

export function useMerges() {
  return usePages<MergeDone>(keys.hygieneList("merges"), "contact-merges?");
}

function useDeed<V>(send: (variables: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: keys.hygiene }),
    onError: notifyError,
  });
}

export function useSuppress() {
  return useDeed((body: { contacts: string[]; why: string; reason: string }) =>
    api.post("hygiene/suppress", body),
  );
}

export function useUnsuppress() {
  return useDeed((contacts: string[]) => api.post("hygiene/unsuppress", { contacts }));
}

/** The search goes on in the background, and says nothing when it is over: what it found so far is asked for a while. */
export function useLook() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post("hygiene/duplicates"),
    onSuccess: () => {
      for (const after of LOOKS_MS) {
        setTimeout(() => client.invalidateQueries({ queryKey: keys.hygiene }), after);
      }
    },
    onError: notifyError,
  });
}

export function useApart() {
  return useDeed((id: string) => api.post(`hygiene/duplicates/${id}/apart`));
}

/** `kept` stays, `merged` becomes it. */
export function useMerge() {
  return useDeed(({ kept, merged }: { kept: string; merged: string }) =>
    api.post(`contacts/${kept}/merge`, { merged }),
  );
}

export function useUnmerge() {
  return useDeed((id: string) => api.post(`contact-merges/${id}/undo`));
}
