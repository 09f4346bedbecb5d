import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, api, made } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { notifyError } from "../components/toasts";

type Schemas = components["schemas"];
export type Consent = Schemas["Consent"];
export type ContactExport = Schemas["ContactExport"];
export type Erasure = Schemas["Erasure"];
export type LegalHold = Schemas["LegalHold"];
export type MergePreview = Schemas["MergePreview"];
export type Duplicate = Schemas["Duplicate"];
export type Purpose = Schemas["ConsentBodyRequest"]["purpose"];
export type Source = Schemas["ConsentBodyRequest"]["source"];
type ConsentWish = Schemas["ConsentBodyRequest"];

const GOING_ON_MS = 2000;
const PAGE = 30;

export function useConsents(contactId: string) {
  return useQuery({
    queryKey: keys.consents(contactId),
    queryFn: ({ signal }) => api.get<Page<Consent>>(`contacts/${contactId}/consents`, signal),
    select: ({ results }) => results,
  });
}

export function resumesMarketing(error: unknown): boolean {
  return error instanceof ApiError && error.code === "resumes_marketing";
}

export function useRecordConsent(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: ConsentWish) => api.post<Consent>(`contacts/${contactId}/consents`, wish),
    onSettled: () => client.invalidateQueries({ queryKey: keys.consents(contactId) }),
    // That it would resume marketing is asked for in the form.
    onError: (error) => !resumesMarketing(error) && notifyError(error),
  });
}

/** Asked again as long as one is being made. */
export function useExports(contactId: string) {
  return useQuery({
    queryKey: keys.contactExports(contactId),
    queryFn: ({ signal }) => api.get<Page<ContactExport>>(`contacts/${contactId}/exports`, signal),
    select: ({ results }) => results,
    refetchInterval: ({ state }) =>
      state.data?.results.some((one) => one.state === "making") ? GOING_ON_MS : false,
  });
}

export function useAskForExport(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<ContactExport>(`contacts/${contactId}/exports`),
    onSettled: () => client.invalidateQueries({ queryKey: keys.contactExports(contactId) }),
    onError: notifyError,
  });
}

export function useDownloadExport() {
  return useMutation({
    mutationFn: async ({ id, contact_id }: ContactExport) => {
      save(await made(`contact-exports/${id}/file`), `contact-${contact_id}.zip`);
    },
    onError: notifyError,
  });
}

function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function useErase(contactId: string) {
  return useMutation({
    mutationFn: (wish: Schemas["EraseBodyRequest"]) =>
      api.post<Erasure>(`contacts/${contactId}/erase`, wish),
    onError: notifyError,
  });
}

/** Newest first; asked again as long as one goes on. */
export function useErasures() {
  return useInfiniteQuery({
    queryKey: keys.erasures,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Erasure>>(`erasures?${asked}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ results }) => results.some((one) => !one.finished_at))
        ? GOING_ON_MS
        : false,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useHolds(contactId: string) {
  return useQuery({
    queryKey: keys.legalHolds(contactId),
    queryFn: ({ signal }) =>
      api.get<Page<Schemas["LegalHold"]>>(`contacts/${contactId}/hold`, signal),
    select: ({ results }) => results,
  });
}

/** Begins one more, or ends one of them. */
export function useHold(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (wish: { reason: string } | { end: string }) => {
      if ("end" in wish) await api.delete(`contacts/${contactId}/hold?hold=${wish.end}`);
      else await api.post(`contacts/${contactId}/hold`, wish);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.legalHolds(contactId) }),
    onError: notifyError,
  });
}

export function useDuplicates(contactId: string) {
  return useQuery({
    queryKey: keys.duplicates(contactId),
    queryFn: ({ signal }) => api.get<Page<Duplicate>>(`contacts/${contactId}/duplicates`, signal),
    select: ({ results }) => results,
  });
}

export function useMergePreview(contactId: string, merged: string | null) {
  return useQuery({
    queryKey: keys.mergePreview(contactId, merged ?? ""),
    staleTime: 0,
    queryFn: ({ signal }) =>
      api.get<Schemas["MergePreview"]>(`contacts/${contactId}/merge?merged=${merged}`, signal),
    enabled: merged !== null,
  });
}

/** By name or number, among all that the reader sees. */
export function useFoundContacts(q: string) {
  return useQuery({
    queryKey: keys.search("contacts", `merge ${q}`),
    queryFn: ({ signal }) =>
      api.get<Page<Schemas["FoundContact"]>>(
        `search/contacts?${new URLSearchParams({ q })}`,
        signal,
      ),
    select: ({ results }) => results,
    enabled: q !== "",
  });
}

export function useMerge(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (merged: string) =>
      api.post<Schemas["ContactMerge"]>(`contacts/${contactId}/merge`, { merged }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.duplicates(contactId) }),
    onError: notifyError,
  });
}
