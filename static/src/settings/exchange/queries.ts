import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema";
import { notifyError } from "../../components/toasts";

type Schemas = components["schemas"];
export type Source = Schemas["ExchangeSource"];
export type Subscription = Schemas["Subscription"];
export type Delivery = Schemas["Delivery"];
export type Hook = Schemas["ExchangeHook"];
export type SourceWish = Schemas["SourceBodyRequest"];
export type SubscriptionWish = Schemas["SubscriptionBodyRequest"];
type Kind = Schemas["OccurrenceKind"];

interface List<T> {
  results: T[];
  next: string | null;
}

export const useSources = () =>
  useQuery({
    queryKey: keys.exchange("sources"),
    queryFn: ({ signal }) => api.get<List<Source>>("exchange/sources", signal),
  });

export const useSubscriptions = () =>
  useQuery({
    queryKey: keys.exchange("subscriptions"),
    queryFn: ({ signal }) => api.get<List<Subscription>>("exchange/subscriptions", signal),
  });

export const useKinds = () =>
  useQuery({
    queryKey: keys.exchange("kinds"),
    queryFn: ({ signal }) => api.get<List<Kind>>("exchange/kinds", signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useDeliveries = (id: string) =>
  useInfiniteQuery({
    queryKey: keys.exchange("subscriptions", id, "deliveries"),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<List<Delivery>>(
        `exchange/subscriptions/${id}/deliveries?limit=20${pageParam && `&cursor=${pageParam}`}`,
        signal,
      ),
    getNextPageParam: (page) => page.next,
  });

/** Webhooks that came from a system, the latest first. */
export const useHooks = (id: string) =>
  useInfiniteQuery({
    queryKey: keys.exchange("sources", id, "hooks"),
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      api.get<List<Hook>>(
        `exchange/sources/${id}/hooks?limit=20${pageParam && `&cursor=${pageParam}`}`,
        signal,
      ),
    getNextPageParam: (page) => page.next,
  });

function useChange<V, T>(send: (variables: V) => Promise<T>, onError?: (error: Error) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.exchange() }),
    onError,
  });
}

/** Refusals of forms are said in them. */
export const useEditSource = () =>
  useChange(({ id, ...edit }: { id: string } & Schemas["PatchedSourceEditRequest"]) =>
    api.patch<Source>(`exchange/sources/${id}`, edit),
  );
export const useEditSubscription = () =>
  useChange(({ id, ...edit }: { id: string } & Schemas["PatchedSubscriptionEditRequest"]) =>
    api.patch<Subscription>(`exchange/subscriptions/${id}`, edit),
  );
/** Another secret; it is told this once. */
export const useRotate = (what: "sources" | "subscriptions") =>
  useChange(
    (id: string) => api.post<{ secret: string }>(`exchange/${what}/${id}/secret`),
    notifyError,
  );
export const useAddSource = () =>
  useChange((wish: SourceWish) =>
    api.post<Schemas["ExchangeSourceSecret"]>("exchange/sources", wish),
  );
export const useAddSubscription = () =>
  useChange((wish: SubscriptionWish) =>
    api.post<Schemas["SubscriptionSecret"]>("exchange/subscriptions", wish),
  );

export const useSourceDeeds = () => ({
  change: useChange(
    ({ id, ...edit }: { id: string; paused: boolean }) =>
      api.patch<Source>(`exchange/sources/${id}`, edit),
    notifyError,
  ),
  read: useChange((id: string) => api.post<Source>(`exchange/sources/${id}/read`), notifyError),
  remove: useChange((id: string) => api.delete(`exchange/sources/${id}`), notifyError),
});

export const useSubscriptionDeeds = () => ({
  change: useChange(
    ({ id, ...edit }: { id: string; on: boolean }) =>
      api.patch<Subscription>(`exchange/subscriptions/${id}`, edit),
    notifyError,
  ),
  test: useChange(
    (id: string) => api.post<Delivery>(`exchange/subscriptions/${id}/test`),
    notifyError,
  ),
  redeliver: useChange(
    ({ id, ids }: { id: string; ids?: string[] }) =>
      api.post<{ replayed: number }>(`exchange/subscriptions/${id}/redeliver`, ids ? { ids } : {}),
    notifyError,
  ),
  remove: useChange((id: string) => api.delete(`exchange/subscriptions/${id}`), notifyError),
});
