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
import { attachments } from "../composer/attachments";
import { endDraft } from "../composer/drafts";
import { endSendRefs, sendRef } from "../composer/sendRefs";
import { useMe } from "../session/MeContext";
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
  /** What stood in the composer: it goes from there once the server has all of it, whoever looks at it by then. */
  from: { text: string; files: string[] };
}

/** Each part of what the composer holds, in its order, for the same time. What was stored before is not stored again. */
export function useSchedule(conversationId: string) {
  const client = useQueryClient();
  const { id: userId } = useMe();
  const path = `conversations/${conversationId}/scheduled-replies`;
  return useMutation({
    mutationFn: async ({ bodies, at, meanwhile }: LaterWish) => {
      const wish = { send_at: at.toISOString(), meanwhile };
      for (const body of bodies) {
        const client_ref = sendRef(userId, conversationId, JSON.stringify(body));
        const kept = await api.post<ScheduledReply>(path, { ...body, ...wish, client_ref });
        // Stored by a press that failed half-way, for another time.
        if (Date.parse(kept.send_at) !== at.getTime() || kept.meanwhile !== meanwhile) {
          await api.patch(`scheduled-replies/${kept.id}`, wish);
        }
      }
    },
    onSuccess: (_done, { bodies, from }) => {
      const parts = bodies.map((body) => JSON.stringify(body));
      endSendRefs(userId, conversationId, parts);
      attachments.release(conversationId, from.files);
      endDraft(conversationId, from.text, userId);
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
