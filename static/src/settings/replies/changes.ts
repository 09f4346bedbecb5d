import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { CannedReply, CannedReplyBody, ImportedReplies } from "../../api/types";
import { notifyDone, notifyError, notifyUndo } from "../../components/toasts";
import i18n from "../../i18n";

function useAgain() {
  const client = useQueryClient();
  return () => {
    client.invalidateQueries({ queryKey: keys.cannedReplies });
    client.invalidateQueries({ queryKey: keys.allPrepared });
  };
}

/** A refusal is said in the form, at its field. */
export function useSaveReply() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: CannedReplyBody }) =>
      id
        ? api.put<CannedReply>(`canned-replies/${id}`, body)
        : api.post<CannedReply>("canned-replies", body),
    onSuccess: again,
  });
}

const UNDO_MS = 10_000;

export function useDeleteReply() {
  const again = useAgain();
  const restore = useMutation({
    mutationFn: (id: string) => api.post<CannedReply>(`canned-replies/${id}/restore`),
    onSuccess: () => {
      notifyDone(i18n.t("settings.restored"));
      again();
    },
    onError: notifyError,
  });
  return useMutation({
    mutationFn: ({ id }: CannedReply) => api.delete(`canned-replies/${id}`),
    onSuccess: (_gone, { id, title }) => {
      notifyUndo(i18n.t("settings.deleted", { name: title }), () => restore.mutate(id), UNDO_MS);
      again();
    },
    onError: notifyError,
  });
}

/** `look` keeps nothing: it says what the file would do. */
export function useImport() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ file, look }: { file: File; look: boolean }) => {
      const form = new FormData();
      form.set("file", file);
      form.set("look", String(look));
      return api.post<ImportedReplies>("canned-replies/import", form);
    },
    onSuccess: (_done, { look }) => {
      if (!look) again();
    },
  });
}
