import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Macro, MacroStep, Page } from "../../api/types";
import { notifyDone, notifyError, notifyUndo } from "../../components/toasts";
import i18n from "../../i18n";

export interface MacroWish {
  id: string | null;
  name: string;
  steps: MacroStep[];
  region_id: number | null;
}

/** A refusal is said in the form, at its step. */
export function useSaveMacro() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: MacroWish) =>
      id ? api.put<Macro>(`macros/${id}`, body) : api.post<Macro>("macros", body),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.macros }),
  });
}

const UNDO_MS = 10_000;

export function useDeleteMacro() {
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: keys.macros });
  const restore = useMutation({
    mutationFn: (id: string) => api.post<Macro>(`macros/${id}/restore`),
    onSuccess: () => {
      notifyDone(i18n.t("settings.restored"));
      again();
    },
    onError: notifyError,
  });
  return useMutation({
    mutationFn: ({ id }: Macro) => api.delete(`macros/${id}`),
    onSuccess: (_gone, { id, name }) => {
      notifyUndo(i18n.t("settings.deleted", { name }), () => restore.mutate(id), UNDO_MS);
      again();
    },
    onError: notifyError,
  });
}

/** Shown in its new order at once. */
export function useOrderMacros() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (macros: Macro[]) => api.put("macros/order", { ids: macros.map(({ id }) => id) }),
    onMutate: (macros) =>
      client.setQueryData<Page<Macro>>(keys.macros, { results: macros, next: null }),
    onError: notifyError,
    onSettled: () => client.invalidateQueries({ queryKey: keys.macros }),
  });
}

/** The list with one item a place up or down. */
export function moved<T>(items: readonly T[], at: number, by: 1 | -1): T[] {
  const next = [...items];
  const [item] = next.splice(at, 1);
  if (item !== undefined) next.splice(at + by, 0, item);
  return next;
}
