import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { keys } from "../../api/keys";
import type { Tag } from "../../card/queries";
import { notifyError } from "../../components/toasts";
import i18n from "../../i18n";
import { type CatalogueOf, useAgain, useSayUndo } from "../catalogue";

export const TAGS: CatalogueOf<Tag> = { path: "tags", nameOf: ({ name }) => name };

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
  const again = useAgain(TAGS);
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: TagWish }) => {
      const { region_id: _, ...changes } = body;
      return id ? api.patch<Tag>(`tags/${id}`, changes) : api.post<Tag>("tags", body);
    },
    onSuccess: again,
  });
}

export function useMergeTag() {
  const again = useAgain(TAGS);
  const sayUndo = useSayUndo(TAGS);
  return useMutation({
    mutationFn: ({ tag, into }: { tag: Tag; into: Tag }) =>
      api.post<Tag>(`tags/${tag.id}/merge`, { into: into.id }),
    onSuccess: (_stays, { tag, into }) => {
      sayUndo(i18n.t("settings.tags.merged", { name: tag.name, into: into.name }), tag.id);
      again();
    },
    onError: notifyError,
  });
}
