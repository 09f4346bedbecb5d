import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import { makePasskey, showPasskey } from "./passkey";

export type Passkey = components["schemas"]["Passkey"];
type Codes = components["schemas"]["RecoveryCodes"];

export function usePasskeys() {
  return useQuery({
    queryKey: keys.passkeys,
    queryFn: ({ signal }) => api.get<Passkey[]>("me/passkeys", signal),
  });
}

function usePasskeyChange<V, T>(send: (variables: V) => Promise<T>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.passkeys }),
        client.invalidateQueries({ queryKey: keys.factor }),
      ]),
  });
}

/** The password is asked for where it is the first factor. */
export const useAddPasskey = () =>
  usePasskeyChange(async ({ name, password }: { name: string; password: string }) =>
    api.post<Codes>("me/passkeys", {
      name,
      credential: await makePasskey("me/passkeys/options", { password }),
    }),
  );
export const useRenamePasskey = () =>
  usePasskeyChange(({ id, name }: { id: string; name: string }) =>
    api.patch<Passkey>(`me/passkeys/${id}`, { name }),
  );
export const useRemovePasskey = () =>
  usePasskeyChange((id: string) => api.delete(`me/passkeys/${id}`));
export const useGivePasskey = () =>
  usePasskeyChange(async () =>
    api.post("session/factor/passkey", { credential: await showPasskey() }),
  );
