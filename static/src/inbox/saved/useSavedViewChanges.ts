import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import { useSavedViews } from "../../api/queries";
import type { SavedView } from "../../api/types";
import { notifyError, notifyUndo } from "../../components/toasts";

interface Wish {
  id: string | null;
  name: string;
  filters: Record<string, string>;
  region_id: number | null;
}

/** Adds or changes one. */
export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Wish) =>
      id === null
        ? api.post<SavedView>("saved-views", body)
        : api.put<SavedView>(`saved-views/${id}`, body),
    onSuccess: (view) => {
      // Its page is opened next, and must know it.
      client.setQueryData<SavedView[]>(keys.savedViews, (views = []) =>
        views.some(({ id }) => id === view.id)
          ? views.map((one) => (one.id === view.id ? view : one))
          : [...views, view],
      );
      client.invalidateQueries({ queryKey: keys.savedCounts });
    },
    onError: notifyError,
  });
}

/** Deletes one, to be undone for some seconds: the same is saved anew. */
export function useDeleteView(): (view: SavedView) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useSaveView();
  const remove = useMutation({
    mutationFn: ({ id }: SavedView) => api.delete(`saved-views/${id}`),
    onSuccess: (_, { id, name, region_id, filters }) => {
      client.setQueryData<SavedView[]>(keys.savedViews, (views = []) =>
        views.filter((one) => one.id !== id),
      );
      const again = { id: null, name, filters: filters as Record<string, string>, region_id };
      notifyUndo(t("together.view.deleted", { name }), () => save.mutate(again));
    },
    onError: notifyError,
  });
  return (view) => remove.mutate(view);
}

/** One place up or down; null where it cannot go. */
export function useMoveView(id: string) {
  const client = useQueryClient();
  const { data: views = [] } = useSavedViews();
  const order = useMutation({
    mutationFn: (ids: string[]) => api.put("saved-views/order", { ids }),
    onMutate: (ids) =>
      client.setQueryData<SavedView[]>(keys.savedViews, (known = []) =>
        ids.flatMap((one) => known.filter((view) => view.id === one)),
      ),
    onError: (error) => {
      client.invalidateQueries({ queryKey: keys.savedViews });
      notifyError(error);
    },
  });
  const ids = views.map((view) => view.id);
  const at = ids.indexOf(id);
  const swap = (other: number) => () =>
    order.mutate(
      ids.map((one, index) => (index === at ? ids[other] : index === other ? id : one) ?? one),
    );
  return {
    up: at > 0 ? swap(at - 1) : null,
    down: at >= 0 && at < ids.length - 1 ? swap(at + 1) : null,
  };
}
