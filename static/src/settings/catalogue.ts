import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import { notifyDone, notifyError, notifyUndo } from "../components/toasts";
import i18n from "../i18n";

const UNDO_MS = 10_000;

interface Row {
  id: string;
}

export interface CatalogueOf<R extends Row> {
  /** Of the API, and under which its rows are remembered. */
  path: "tags" | "fields";
  nameOf(row: R): string;
}

export function useAgain({ path }: Pick<CatalogueOf<Row>, "path">) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys[path] });
}

export function useRestore<R extends Row>(catalogue: CatalogueOf<R>) {
  const again = useAgain(catalogue);
  return useMutation({
    mutationFn: (id: string) => api.post<R>(`${catalogue.path}/${id}/restore`),
    onSuccess: () => {
      notifyDone(i18n.t("settings.restored"));
      again();
    },
    onError: notifyError,
  });
}

/** Puts a row away; for some seconds one press brings it back. */
export function useArchive<R extends Row>(catalogue: CatalogueOf<R>) {
  const again = useAgain(catalogue);
  const sayUndo = useSayUndo(catalogue);
  return useMutation({
    mutationFn: ({ id }: R) => api.post<R>(`${catalogue.path}/${id}/archive`),
    onSuccess: (_gone, row) => {
      sayUndo(i18n.t("settings.tags.archived", { name: catalogue.nameOf(row) }), row.id);
      again();
    },
    onError: notifyError,
  });
}

/** Says what was done, with an undo that restores the row. */
export function useSayUndo<R extends Row>(catalogue: CatalogueOf<R>) {
  const restore = useRestore(catalogue);
  return (words: string, id: string) => notifyUndo(words, () => restore.mutate(id), UNDO_MS);
}
