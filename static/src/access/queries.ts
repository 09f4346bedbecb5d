import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { AccessRequest, Grant, Page, RequestsSummary } from "../api/types";
import { notifyError } from "../components/toasts";
import type { Lacking } from "./askForAccess";

export type Box = "mine" | "asked" | "waiting" | "decided";
const PAGE = 30;
const MOST = 100;

function pageOf(box: Box): number {
  return box === "asked" ? MOST : PAGE;
}

export function useRequests(box: Box) {
  return useInfiniteQuery({
    queryKey: keys.accessRequests(box),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      const path = `access-requests?box=${box}&limit=${pageOf(box)}${cursor}`;
      return api.get<Page<AccessRequest>>(path, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

/** One's own request for just this, while it waits: the place where it was asked says so. */
export function useWaiting(lacking: Partial<Lacking & { duty: string }>): AccessRequest | null {
  const { data } = useRequests("asked");
  const found = data?.find(
    ({ right }) =>
      right.permission === (lacking.permission ?? "") &&
      right.duty === (lacking.duty ?? "") &&
      right.object_id === (lacking.object?.id ?? ""),
  );
  return found ?? null;
}

export function useRequestsSummary(enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.accessSummary,
    queryFn: ({ signal }) => api.get<RequestsSummary>("access-requests/summary", signal),
  });
}

/** What holds at some moment between two days. */
export function useGrants(since: string, until: string) {
  return useQuery({
    queryKey: keys.grants(since, until),
    queryFn: ({ signal }) => {
      const span = `since=${encodeURIComponent(since)}&until=${encodeURIComponent(until)}`;
      return api.get<Page<Grant>>(`grants?${span}`, signal);
    },
    select: (page) => page.results,
  });
}

export interface Asked extends Partial<Lacking> {
  duty?: string;
  reason: string;
  hours: number;
}

export function useAsk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ permission, duty, object, reason, hours }: Asked) =>
      api.post<AccessRequest>("access-requests", {
        ...(permission && { permission }),
        ...(duty && { duty }),
        ...(object && { object_label: object.label, object_id: object.id }),
        reason,
        hours,
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.access }),
  });
}

interface Decision {
  id: string;
  deed: "approve" | "refuse" | "withdraw";
  body?: { comment?: string; hours?: number };
}

export function useDecide() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, deed, body }: Decision) =>
      api.post<AccessRequest>(`access-requests/${id}/${deed}`, body),
    onSettled: () => client.invalidateQueries({ queryKey: keys.access }),
    onError: notifyError,
  });
}

export interface Given {
  permission?: string;
  duty?: string;
  people: number[];
  starts_at: string | null;
  ends_at: string;
  reason: string;
}

export function useGive() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given) => api.post<Page<Grant>>("grants", given),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.access }),
  });
}

export function useEndGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; reason: string }) =>
      api.post(`grants/${id}/end`, body),
    onSettled: () => client.invalidateQueries({ queryKey: keys.access }),
    onError: notifyError,
  });
}

export function useExtendGrant() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; ends_at: string; reason: string }) =>
      api.post<Grant>(`grants/${id}/extend`, body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.access }),
  });
}
