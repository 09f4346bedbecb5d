import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type {
  Conversation,
  Macro,
  MacroLook,
  MacroRun,
  Page,
  PreparedFor,
  ScheduledReply,
} from "../api/types";
import { notifyError } from "../components/toasts";
import type { Draft } from "../thread/waiting";

/** The canned replies of a conversation, best first, with what fills them in. */
export function usePrepared(
  { id, inbound_count: inbound }: Pick<Conversation, "id" | "inbound_count">,
  enabled: boolean,
) {
  return useQuery({
    queryKey: keys.prepared(id, inbound),
    queryFn: ({ signal }) => api.get<PreparedFor>(`conversations/${id}/replies`, signal),
    enabled,
    // While the customer writes on, what was prepared before stays; that of another conversation never.
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
    staleTime: 60_000,
  });
}

export function useScheduled(conversationId: string) {
  return useQuery({
    queryKey: keys.scheduled(conversationId),
    queryFn: ({ signal }) =>
      api.get<Page<ScheduledReply>>(`conversations/${conversationId}/scheduled-replies`, signal),
    select: (page) => page.results,
  });
}

export type Meanwhile = ScheduledReply["meanwhile"];

export interface LaterWish {
  bodies: Draft["body"][];
  at: Date;
  meanwhile: Meanwhile;
}

/** Each part of what the composer holds, in its order, for the same time. */
export function useSchedule(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ bodies, at, meanwhile }: LaterWish) => {
      for (const body of bodies) {
        await api.post<ScheduledReply>(`conversations/${conversationId}/scheduled-replies`, {
          ...body,
          client_ref: crypto.randomUUID(),
          send_at: at.toISOString(),
          meanwhile,
        });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.scheduled(conversationId) }),
    onError: notifyError,
  });
}

type Change =
  | { id: string; deed: "cancel" | "send" }
  | { id: string; deed: "change"; send_at?: string; meanwhile?: Meanwhile; text?: string };

export function useChangeScheduled(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, deed, ...body }: Change) => {
      const path = `scheduled-replies/${id}`;
      if (deed === "send") return api.post<ScheduledReply>(`${path}/send`);
      if (deed === "cancel") return api.delete<ScheduledReply>(path);
      return api.patch<ScheduledReply>(path, body);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.scheduled(conversationId) }),
    onError: notifyError,
  });
}

export function useMacros(enabled = true) {
  return useQuery({
    queryKey: keys.macros,
    queryFn: ({ signal }) => api.get<Page<Macro>>("macros", signal),
    select: (page) => page.results,
    enabled,
  });
}

/** What a macro would do here, tried and taken back by the server. */
export function useMacroLook(conversationId: string, macroId: string | null) {
  return useQuery({
    queryKey: keys.macroLook(conversationId, macroId ?? ""),
    queryFn: () =>
      api.post<MacroLook>(`conversations/${conversationId}/macros/${macroId}/look`, {}),
    enabled: macroId !== null,
    staleTime: 0,
    gcTime: 0,
  });
}

interface RunWish {
  macroId: string;
  ref: string;
  values: Record<string, string>;
  /** How many of our answers whoever runs it knew of. */
  answers: number;
}

export function useRunMacro(conversationId: string) {
  return useMutation({
    mutationFn: ({ macroId, ref, values, answers }: RunWish) =>
      api.post<MacroRun>(`conversations/${conversationId}/macros/${macroId}/run`, {
        client_ref: ref,
        values,
        answers_seen: answers,
      }),
  });
}

export function useUndoRun() {
  return useMutation({
    mutationFn: (id: string) => api.post<MacroRun>(`macro-runs/${id}/undo`),
    onError: notifyError,
  });
}
