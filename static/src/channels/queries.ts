import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { AccountEvent, ChannelDetail, Page, StoredWebhook, WireMessage } from "../api/types";
import { notifyError } from "../components/toasts";

const EVENTS = 20;
const FRESH_MS = 15_000;

export function useChannel(id: string) {
  return useQuery({
    queryKey: keys.channel(id),
    queryFn: ({ signal }) => api.get<ChannelDetail>(`channels/${id}`, signal),
    // What is queued and when a webhook last came changes all the time, and no event tells of it.
    refetchInterval: FRESH_MS,
  });
}

export function useAccountEvents(id: string) {
  return useInfiniteQuery({
    queryKey: keys.channelEvents(id),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return api.get<Page<AccountEvent>>(`channels/${id}/events?limit=${EVENTS}${cursor}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useWebhooks(id: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.channelWebhooks(id),
    queryFn: ({ signal }) => api.get<Page<StoredWebhook>>(`channels/${id}/webhooks`, signal),
    select: (page) => page.results,
    enabled,
    refetchInterval: FRESH_MS,
  });
}

/** `check`, `pause` and `resume` answer with the channel as it is then. */
export function useChannelDeed(id: string, deed: "check" | "pause" | "resume") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body?: { minutes: number | null }) =>
      api.post<ChannelDetail>(`channels/${id}/${deed}`, body),
    onSuccess: (detail) => {
      client.setQueryData(keys.channel(id), detail);
      client.invalidateQueries({ queryKey: keys.channels, exact: true });
    },
    onError: notifyError,
  });
}

export function useMarkSeen(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(`channels/${id}/events/seen`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }),
    onError: notifyError,
  });
}

export function useReplay(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post<{ count: number }>(`channels/${id}/webhooks/replay`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }),
    onError: notifyError,
  });
}

export function useSendTest(id: string) {
  return useMutation({
    mutationFn: (test: { phone: string; template: { name: string; language: string } | null }) =>
      api.post<WireMessage>(`channels/${id}/test`, test),
  });
}
