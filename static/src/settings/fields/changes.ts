import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { CustomField } from "../../card/queries";
import { notifyDone, notifyError, notifyUndo } from "../../components/toasts";
import i18n from "../../i18n";

export function useFieldSettings(archived: boolean) {
  return useQuery({
    queryKey: [...keys.fields, archived],
    queryFn: ({ signal }) =>
      api
        .get<{ results: CustomField[] }>(`fields${archived ? "?archived=1" : ""}`, signal)
        .then(({ results }) => results),
  });
}

function useAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.fields });
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
  const again = useAgain();
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
  const again = useAgain();
  return useMutation({
    mutationFn: (rows: CustomField[]) =>
      Promise.all(rows.map(({ id }, order) => api.patch<CustomField>(`fields/${id}`, { order }))),
    onSettled: again,
    onError: notifyError,
  });
}

export function useRestoreField() {
  const again = useAgain();
  return useMutation({
    mutationFn: (id: string) => api.post<CustomField>(`fields/${id}/restore`),
    onSuccess: () => {
      notifyDone(i18n.t("settings.restored"));
      again();
    },
    onError: notifyError,
  });
}

const UNDO_MS = 10_000;

export function useArchiveField() {
  const again = useAgain();
  const restore = useRestoreField();
  return useMutation({
    mutationFn: ({ id }: CustomField) => api.post<CustomField>(`fields/${id}/archive`),
    onSuccess: (_gone, { id, label }) => {
      const words = i18n.t("settings.tags.archived", { name: label });
      notifyUndo(words, () => restore.mutate(id), UNDO_MS);
      again();
    },
    onError: notifyError,
  });
}
