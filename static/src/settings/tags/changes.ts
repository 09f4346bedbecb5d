import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Tag } from "../../card/queries";
import { notifyDone, notifyError, notifyUndo } from "../../components/toasts";
import i18n from "../../i18n";

/** All of them with how often each is used, put away or not. */
export function useTagSettings(archived: boolean) {
  return useQuery({
    queryKey: [...keys.tagSettings, archived],
    queryFn: ({ signal }) =>
      api
        .get<{ results: Tag[] }>(`tags?uses=1${archived ? "&archived=1" : ""}`, signal)
        .then(({ results }) => results),
  });
}

function useAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.tags });
}

export interface TagWish {
  name: string;
  colour: string;
  group: string;
  description: string;
  scope: string;
  region_id: number;
}

/** A refusal is said in the form, at its field. */
export function useSaveTag() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: TagWish }) => {
      const { region_id: _, ...changes } = body;
      return id ? api.patch<Tag>(`tags/${id}`, changes) : api.post<Tag>("tags", body);
    },
    onSuccess: again,
  });
}

export function useRestoreTag() {
  const again = useAgain();
  return useMutation({
    mutationFn: (id: string) => api.post<Tag>(`tags/${id}/restore`),
    onSuccess: () => {
      notifyDone(i18n.t("settings.restored"));
      again();
    },
    onError: notifyError,
  });
}

const UNDO_MS = 10_000;

export function useArchiveTag() {
  const again = useAgain();
  const restore = useRestoreTag();
  return useMutation({
    mutationFn: ({ id }: Tag) => api.post<Tag>(`tags/${id}/archive`),
    onSuccess: (_gone, { id, name }) => {
      const words = i18n.t("settings.tags.archived", { name });
      notifyUndo(words, () => restore.mutate(id), UNDO_MS);
      again();
    },
    onError: notifyError,
  });
}

export function useMergeTag() {
  const again = useAgain();
  const restore = useRestoreTag();
  return useMutation({
    mutationFn: ({ tag, into }: { tag: Tag; into: Tag }) =>
      api.post<Tag>(`tags/${tag.id}/merge`, { into: into.id }),
    onSuccess: (_stays, { tag, into }) => {
      const words = i18n.t("settings.tags.merged", { name: tag.name, into: into.name });
      notifyUndo(words, () => restore.mutate(tag.id), UNDO_MS);
      again();
    },
    onError: notifyError,
  });
}
