import { useMutation, useQueryClient } from "@tanstack/react-query";
import { notifyError } from "../components/toasts";
import { forgetPickedLanguage, pickedLanguage } from "../i18n";
import { applyContact } from "../stream/applyContact";
import {
  applyConversation,
  applyRead,
  patchConversation,
  restoreConversation,
} from "../stream/applyConversation";
import { applyNote } from "../stream/applyNote";
import { api, isOffline } from "./client";
import { keys } from "./keys";
import type { Author, BulkDeed, Contact, Conversation, Me, Note, Priority } from "./types";

/** Shown at once; the answer (or the refusal, with a toast) settles it. */
function useConversationChange<V extends { id: string }>(
  change: (variables: V) => Partial<Conversation>,
  send: (variables: V) => Promise<Conversation>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onMutate: (variables: V) => ({
      before: patchConversation(client, variables.id, change(variables)),
    }),
    onSuccess: (conversation) => {
      applyConversation(client, conversation);
      client.invalidateQueries({ queryKey: keys.counts });
    },
    onError: (error, _variables, context) => {
      restoreConversation(client, context?.before);
      notifyError(error);
    },
  });
}

export function useAssign() {
  return useConversationChange<{ id: string; assignee: Author | null }>(
    ({ assignee }) => ({ assignee }),
    ({ id, assignee }) =>
      api.post(`conversations/${id}/assign`, { assignee: assignee?.id ?? null }),
  );
}

/** It waits for anybody of the team then; null: for everybody. */
export function useAssignTeam() {
  return useConversationChange<{ id: string; team: Conversation["team"] }>(
    ({ team }) => ({ team, assignee: null }),
    ({ id, team }) => api.post(`conversations/${id}/team`, { team: team?.id ?? null }),
  );
}

export function useResolve() {
  return useConversationChange<{ id: string }>(
    () => ({ state: "resolved" }),
    ({ id }) => api.post(`conversations/${id}/resolve`),
  );
}

/** Finance sees what is marked. */
export function useMarkPayment() {
  return useConversationChange<{ id: string; marked: boolean }>(
    ({ marked }) => ({ payment_marked_at: marked ? new Date().toISOString() : null }),
    ({ id, marked }) =>
      marked
        ? api.post(`conversations/${id}/payment`)
        : api.delete<Conversation>(`conversations/${id}/payment`),
  );
}

export interface SnoozeWish {
  id: string;
  until: Date;
  reason?: string;
  wakesOnReply?: boolean;
}

export function useSnooze() {
  return useConversationChange<SnoozeWish>(
    () => ({ state: "snoozed" }),
    ({ id, until, reason = "", wakesOnReply = true }) => {
      const body = { until: until.toISOString(), reason, wakes_on_reply: wakesOnReply };
      return api.post(`conversations/${id}/snooze`, body);
    },
  );
}

export function useWake() {
  return useConversationChange<{ id: string }>(
    () => ({ state: "open", snooze: null }),
    ({ id }) => api.delete<Conversation>(`conversations/${id}/snooze`),
  );
}

export function useSetPriority() {
  return useConversationChange<{ id: string; priority: Priority }>(
    ({ priority }) => ({ priority }),
    ({ id, priority }) => api.post(`conversations/${id}/priority`, { priority }),
  );
}

type LockWish = { id: string; deed: "lock" | "unlock" | "break"; reason?: string };

/** Shown once it is true: whether it may be, the server knows. */
export function useLock() {
  return useConversationChange<LockWish>(
    () => ({}),
    ({ id, deed, reason }) => {
      const path = `conversations/${id}/lock`;
      if (deed === "unlock") return api.delete<Conversation>(path);
      return api.post(deed === "lock" ? path : `${path}/break`, { reason });
    },
  );
}

export interface BulkWish {
  deed: "assign" | "resolve" | "snooze" | "priority" | "payment" | "tag" | "untag";
  ids: string[];
  assignee?: number | null;
  until?: string;
  priority?: Priority;
  payment?: boolean;
  tag?: string;
}

/** One thing done to many; each row is told by the stream. A repeated call with the same words does it once. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: BulkWish) =>
      api.post<BulkDeed>("conversations/bulk", { ...wish, client_ref: crypto.randomUUID() }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["conversations"] }),
    onError: notifyError,
  });
}

/** `undone` is told also when whoever asked is not on the page any more. */
export function useUndoBulk(undone: (deed: BulkDeed) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<BulkDeed>(`conversations/bulk/${id}/undo`),
    onSuccess: (deed) => {
      client.invalidateQueries({ queryKey: ["conversations"] });
      undone(deed);
    },
    onError: notifyError,
  });
}

export function useReopen() {
  return useConversationChange<{ id: string }>(
    () => ({ state: "open" }),
    ({ id }) => api.post(`conversations/${id}/reopen`),
  );
}

/** Silent on failure: nothing is lost, the next message in view marks it read again. */
export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Conversation) => api.post<Conversation>(`conversations/${id}/read`),
    onMutate: ({ id, inbound_count }) => applyRead(client, id, inbound_count),
    onSuccess: (conversation) => {
      applyConversation(client, conversation);
    },
  });
}

type MeChange = Partial<Pick<Me, "language" | "time_zone" | "availability">>;

export function usePatchMe() {
  const client = useQueryClient();
  const write = (change: Partial<Me>) =>
    client.setQueryData<{ user: Me | null }>(keys.session, (session) =>
      session?.user ? { ...session, user: { ...session.user, ...change } } : session,
    );
  return useMutation({
    mutationFn: (change: MeChange) => api.patch<Me>("me", change),
    onMutate: (change) => {
      const before = client.getQueryData<{ user: Me | null }>(keys.session);
      write(change);
      return { before };
    },
    onSuccess: (me, { language }) => {
      if (language === pickedLanguage()) forgetPickedLanguage();
      write(me);
    },
    onError: (error, { language }, context) => {
      // A refusal is an answer too; without one the next visit asks again.
      if (language && !isOffline(error)) forgetPickedLanguage();
      client.setQueryData(keys.session, context?.before);
      notifyError(error);
    },
  });
}

export function useRenameContact(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.patch<Contact>(`contacts/${contactId}`, { name }),
    onSuccess: (contact) => applyContact(client, contact),
    onError: notifyError,
  });
}

/** Empty: unknown. */
export function useSetLanguage(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (language: string) => api.patch<Contact>(`contacts/${contactId}`, { language }),
    onSuccess: (contact) => applyContact(client, contact),
    onError: notifyError,
  });
}

/** `saved` is called with what was sent, also when the form is gone by then. */
export function useAddNote(contactId: string, saved: (text: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => api.post<Note>(`contacts/${contactId}/notes`, { text }),
    onSuccess: (note, text) => {
      applyNote(client, note);
      saved(text);
    },
    onError: notifyError,
  });
}
