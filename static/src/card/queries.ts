import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Conversation } from "../api/types";
import { notifyError } from "../components/toasts";
import { applyConversation } from "../stream/applyConversation";

type Schemas = components["schemas"];
export type Card = Schemas["ContactCard"];
export type Entry = Schemas["CardEntryShape"];
export type Highlight = Schemas["HighlightShape"];
export type PutTag = Schemas["PutTag"];
export type FieldOnCard = Schemas["FieldOnCard"];
export type Tag = Schemas["Tag"];
export type CustomField = Schemas["CustomField"];

interface List<T> {
  results: T[];
}

/** All of a contact in one call. `follows`: what changes when there is more to know, as a new case. */
export function useCard(contactId: string, follows = "") {
  return useQuery({
    queryKey: [...keys.card(contactId), follows],
    queryFn: ({ signal }) => api.get<Card>(`contacts/${contactId}/card`, signal),
    placeholderData: (before) => (before?.contact.id === contactId ? before : undefined),
  });
}

const CATALOGUE_STALE_MS = 10 * 60_000;

/** The tags of my regions; the stream says when they changed. */
export function useTags(wanted = true) {
  return useQuery({
    queryKey: keys.tags,
    queryFn: ({ signal }) => api.get<List<Tag>>("tags", signal).then(({ results }) => results),
    enabled: wanted,
    staleTime: CATALOGUE_STALE_MS,
  });
}

export interface Wish {
  add?: string[];
  remove?: string[];
}

export function useTagContact(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: Wish) => api.post<List<PutTag>>(`contacts/${contactId}/tags`, wish),
    onSuccess: ({ results }) => {
      client.setQueriesData<Card>({ queryKey: keys.card(contactId) }, (card) =>
        card ? { ...card, tags: results } : card,
      );
    },
    onError: notifyError,
  });
}

export function useTagConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...wish }: Wish & { id: string }) =>
      api.post<Conversation>(`conversations/${id}/tags`, wish),
    onSuccess: (row) => applyConversation(client, row),
    onError: notifyError,
  });
}

export function useMakeTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { region_id: number; name: string }) => api.post<Tag>("tags", body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.tags }),
    onError: notifyError,
  });
}

/** A refusal is said at the field. */
export function useSetField(contactId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, value }: { id: string; value: string | null }) =>
      api.put<FieldOnCard>(`contacts/${contactId}/fields/${id}`, { value }),
    onSuccess: (field) => {
      client.setQueriesData<Card>({ queryKey: keys.card(contactId) }, (card) =>
        card
          ? { ...card, fields: card.fields.map((one) => (one.id === field.id ? field : one)) }
          : card,
      );
    },
  });
}
