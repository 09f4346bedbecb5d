import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import { useSession } from "../api/queries";
import type { Session, Tier } from "../api/types";

/** What the security tier in force asks of this session. */
export function useTier(): Tier | null {
  return useSession().data?.tier ?? null;
}

/** Something that was lacking was done: the session says what is left. */
export function useTierAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.session });
}

/** The browser one is signed in in; a code is asked for where none was given lately. */
export const useConfirmDevice = () =>
  useMutation({ mutationFn: () => api.post("me/device/confirm") });

/** By the link of a mail. */
export const useConfirmByLink = () =>
  useMutation({
    mutationFn: (token: string) => api.post<Session>("session/device/confirm", { token }),
  });
