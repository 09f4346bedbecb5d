import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";

type Schemas = components["schemas"];
export type OwnSession = Schemas["OwnSession"];
export type KnownDevice = Schemas["KnownDevice"];

const AGAIN_MS = 60_000;

export function useOwnSessions() {
  return useQuery({
    queryKey: keys.ownSessionList,
    queryFn: ({ signal }) => api.get<Page<OwnSession>>("me/sessions", signal),
    select: (page) => page.results,
    // Others become active or idle out, and nobody tells.
    refetchInterval: AGAIN_MS,
  });
}

export function useDevices() {
  return useQuery({
    queryKey: keys.ownDevices,
    queryFn: ({ signal }) => api.get<Page<KnownDevice>>("me/devices", signal),
    select: (page) => page.results,
  });
}

/** Each reads both lists again, also when it was refused: somebody may have been quicker. */
function useChange<V, T>(send: (variables: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => client.invalidateQueries({ queryKey: keys.ownSessions }),
  });
}

export const useEndSession = () => useChange((id: string) => api.delete(`me/sessions/${id}`));
export const useEndOthers = () => useChange((_: undefined) => api.delete("me/sessions"));
export const useRename = () =>
  useChange(({ id, name }: { id: string; name: string }) =>
    api.patch<KnownDevice>(`me/devices/${id}`, { name }),
  );
export const useUntrust = () => useChange((id: string) => api.delete(`me/devices/${id}/trust`));
export const useForget = () => useChange((id: string) => api.delete(`me/devices/${id}`));
