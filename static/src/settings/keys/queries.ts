import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema";
import { notifyError } from "../../components/toasts";

type Schemas = components["schemas"];
export type ApiKeys = Schemas["ApiKeys"];
export type ApiKey = Omit<ApiKeys["results"][number], "state"> & {
  state: "running" | "overlapping" | "ended" | "revoked";
};
export type NewKey = Schemas["NewApiKey"];
export type KeyWish = Schemas["NewKeyBodyRequest"];

export function useApiKeys() {
  return useQuery({
    queryKey: keys.apiKeys,
    queryFn: ({ signal }) => api.get<ApiKeys>("api-keys", signal),
  });
}

function useKeyChange<V, T>(send: (variables: V) => Promise<T>, onError?: (error: Error) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.apiKeys }),
    onError,
  });
}

/** A refusal is said in the form. */
export const useMakeKey = () => useKeyChange((wish: KeyWish) => api.post<NewKey>("api-keys", wish));
export const useRotateKey = () =>
  useKeyChange((id: string) => api.post<NewKey>(`api-keys/${id}/rotate`), notifyError);
export const useRevokeKey = () =>
  useKeyChange((id: string) => api.delete(`api-keys/${id}`), notifyError);
