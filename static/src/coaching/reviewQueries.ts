import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, QaForm, QaReview } from "../api/types";
import { notifyError } from "../components/toasts";
import { endDraft } from "../composer/drafts";
import { useMe } from "../session/MeContext";

const PAGE = 30;

export function useReviews(state: "open" | "done", person: number | null = null) {
  return useInfiniteQuery({
    queryKey: keys.qaReviews(state, person),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      const who = person === null ? "" : `&person=${person}`;
      return api.get<Page<QaReview>>(
        `qa-reviews?state=${state}&limit=${PAGE}${who}${cursor}`,
        signal,
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useForms(enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: keys.qaForms,
    queryFn: ({ signal }) => api.get<Page<QaForm>>("qa-criteria", signal),
    select: (page) => page.results,
  });
}

export interface Draw {
  person_id: number;
  region_id: number;
  since: string;
  until: string;
  count: number;
  seed: string;
}

export interface Judgement {
  marks: Record<string, number>;
  summary: string;
  remarks: { message_id: string; text: string }[];
}

export type ReviewDeed =
  | { deed: "choose"; conversation_id: string }
  | { deed: "draw"; draw: Draw }
  | { deed: "score"; id: string; judgement: Judgement }
  | { deed: "acknowledge"; id: string; answer: string }
  | { deed: "drop"; id: string }
  | { deed: "form"; region_id: number; criteria: object[] };

function ask(asked: ReviewDeed): Promise<unknown> {
  if (asked.deed === "choose") {
    return api.post("qa-reviews", { conversation_id: asked.conversation_id });
  }
  if (asked.deed === "draw") return api.post("qa-draws", asked.draw);
  if (asked.deed === "form") {
    return api.put(`regions/${asked.region_id}/qa-criteria`, { criteria: asked.criteria });
  }
  const path = `qa-reviews/${asked.id}`;
  if (asked.deed === "drop") return api.delete(path);
  if (asked.deed === "score") return api.post(`${path}/score`, asked.judgement);
  return api.post(`${path}/acknowledge`, { answer: asked.answer });
}

/** Where the answer to a review is kept until it is sent. */
export function answerPlace(id: string): string {
  return `review.${id}`;
}

export function useReviewDeed() {
  const client = useQueryClient();
  const { id: userId } = useMe();
  return useMutation({
    mutationFn: ask,
    onSuccess: (_done, asked) => {
      if (asked.deed === "acknowledge") endDraft(answerPlace(asked.id), asked.answer, userId);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.coaching }),
    onError: notifyError,
  });
}
