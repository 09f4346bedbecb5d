import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Handover, InternalNote, Mentionable, Page } from "../../api/types";
import { notifyError } from "../../components/toasts";
import { attachments } from "../../composer/attachments";
import { endDraft } from "../../composer/drafts";
import { endSendRefs } from "../../composer/sendRefs";
import { useMe } from "../../session/MeContext";
import { applyHandover, applyInternalNote } from "../../stream/applyAsides";

export function useInternalNotes(conversationId: string) {
  return useInfiniteQuery({
    queryKey: keys.internalNotes(conversationId),
    queryFn: ({ pageParam }) =>
      api.get<Page<InternalNote>>(
        `conversations/${conversationId}/notes?limit=100${pageParam && `&cursor=${pageParam}`}`,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

export function useHandovers(conversationId: string) {
  return useQuery({
    queryKey: keys.handovers(conversationId),
    queryFn: () => api.get<Page<Handover>>(`conversations/${conversationId}/handovers`),
  });
}

export function useMentionable(conversationId: string, wanted: boolean) {
  return useQuery({
    queryKey: keys.mentionable(conversationId),
    queryFn: async () =>
      (await api.get<Page<Mentionable>>(`conversations/${conversationId}/mentionable`)).results,
    enabled: wanted,
    staleTime: 60_000,
  });
}

interface NoteWish {
  client_ref: string;
  text: string;
  uploads: string[];
  /** What stood in the composer, and the files there: gone once the server has it, wherever its writer is by then. */
  from: { place: string; text: string; sent: string; files: string[] };
}

/** What was refused stays with whoever wrote it; the same reference never makes two. */
export function useWriteNote(conversationId: string) {
  const client = useQueryClient();
  const { id: userId } = useMe();
  return useMutation({
    mutationFn: ({ from: _from, ...wish }: NoteWish) =>
      api.post<InternalNote>(`conversations/${conversationId}/notes`, wish),
    onSuccess: (note, { from }) => {
      applyInternalNote(client, note);
      endSendRefs(userId, from.place, [from.sent]);
      attachments.release(from.place, from.files);
      endDraft(from.place, from.text, userId);
    },
  });
}

/** Where the other words of a note are kept until they are saved. */
export function editPlace(id: string): string {
  return `edit.${id}`;
}

export function useEditNote() {
  const client = useQueryClient();
  const { id: userId } = useMe();
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string; typed: string }) =>
      api.patch<InternalNote>(`internal-notes/${id}`, { text }),
    onSuccess: (note, { id, typed }) => {
      applyInternalNote(client, note);
      endDraft(editPlace(id), typed, userId);
    },
    onError: notifyError,
  });
}

/** Its going is told by the stream. */
export function useDeleteNote() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: InternalNote) => api.delete(`internal-notes/${id}`),
    onSuccess: (_done, { conversation_id }) =>
      client.invalidateQueries({ queryKey: keys.internalNotes(conversation_id) }),
    onError: notifyError,
  });
}

export interface HandoverWish {
  person: number | null;
  team: number | null;
  asked: string;
  done: string;
  open: string;
}

export function useHandOver(conversationId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: HandoverWish) =>
      api.post<Handover>(`conversations/${conversationId}/handovers`, wish),
    onSuccess: (handover) => {
      applyHandover(client, handover);
      client.invalidateQueries({ queryKey: keys.conversation(conversationId) });
      client.invalidateQueries({ queryKey: keys.counts });
    },
  });
}

export function useAcknowledge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Handover) => api.post<Handover>(`handovers/${id}/acknowledge`),
    onSuccess: (handover) => applyHandover(client, handover),
    onError: notifyError,
  });
}
