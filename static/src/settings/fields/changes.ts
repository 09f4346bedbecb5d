import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { CustomField } from "../../card/queries";
import { notifyError } from "../../components/toasts";
import { type CatalogueOf, useAgain } from "../catalogue";

export const FIELDS: CatalogueOf<CustomField> = { path: "fields", nameOf: ({ label }) => label };

export function useFieldSettings(archived: boolean) {
  return useQuery({
    queryKey: [...keys.fields, archived],
    queryFn: ({ signal }) =>
      api
        .get<{ results: CustomField[] }>(`fields${archived ? "?archived=1" : ""}`, signal)
        .then(({ results }) => results),
  });
}

export interface FieldWish {
  region_id: number;
  key: string;
  label: string;
  type: string;
  options: { key?: string; label: string }[];
  required: boolean;
  filterable: boolean;
}

/** A refusal is said in the form, at its field. */
export function useSaveField() {
  const again = useAgain(FIELDS);
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: FieldWish }) => {
      const { label, options, required } = body;
      return id
        ? api.patch<CustomField>(`fields/${id}`, { label, options, required })
        : api.post<CustomField>("fields", body);
    },
    onSuccess: again,
  });
}

export function useMoveField() {
  const again = useAgain(FIELDS);
  return useMutation({
    mutationFn: (rows: CustomField[]) =>
      Promise.all(rows.map(({ id }, order) => api.patch<CustomField>(`fields/${id}`, { order }))),
    onSettled: again,
    onError: notifyError,
  });
}
