import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type Factor = Schemas["Factor"];
export type Enrolment = Schemas["FactorEnrolment"];
type Codes = Schemas["RecoveryCodes"];

export function useFactor() {
  return useQuery({
    queryKey: keys.factor,
    queryFn: ({ signal }) => api.get<Factor>("me/factor", signal),
  });
}

/** Each reads the state again, also when it was refused. */
function useFactorChange<V, T>(send: (variables: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: keys.factor }),
  });
}

export const useBegin = () =>
  useFactorChange((password: string) => api.post<Enrolment>("me/factor", { password }));
export const useConfirm = () =>
  useFactorChange((code: string) => api.post<Codes>("me/factor/confirm", { code }));
export const useNewCodes = () =>
  useFactorChange((_: undefined) => api.post<Codes>("me/factor/recovery-codes"));
export const useRemoveFactor = () => useFactorChange((_: undefined) => api.delete("me/factor"));
export const useGiveCode = () =>
  useFactorChange((code: string) => api.post("session/factor", { code }));
