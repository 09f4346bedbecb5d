import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, api, CROSSED } from "../api/client";
import { keys } from "../api/keys";
import type { Coaching, CoachingSummary, HeldReply, Page, Progress, Trainee } from "../api/types";
import { notifyError } from "../components/toasts";
import { endDraft } from "../composer/drafts";
import { useMe } from "../session/MeContext";

export type Box = "waiting" | "decided" | "mine";
const PAGE = 30;

export function useCoachingSummary() {
  return useQuery({
    queryKey: keys.coachingSummary,
    queryFn: ({ signal }) => api.get<CoachingSummary>("coaching/summary", signal),
  });
}

/** What mentors and reviewers say of one thread, as far as this person may know it. */
export function useCoachingOf(conversationId: string, enabled: boolean) {
  return useQuery({
    enabled,
    queryKey: keys.coachingOf(conversationId),
    queryFn: ({ signal }) => api.get<Coaching>(`conversations/${conversationId}/coaching`, signal),
  });
}

export function useHeldReplies(box: Box) {
  return useInfiniteQuery({
    queryKey: keys.heldReplies(box),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      const path = `held-replies?box=${box}&limit=${PAGE}${cursor}`;
      return api.get<Page<HeldReply>>(path, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useTrainees(enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.trainees,
    queryFn: ({ signal }) => api.get<Page<Trainee>>("trainees", signal),
    select: (page) => page.results,
  });
}

export function useProgress(userId: number) {
  return useQuery({
    queryKey: keys.progress(userId),
    queryFn: ({ signal }) => api.get<Progress>(`people/${userId}/progress`, signal),
  });
}

/** A colleague has answered since: that is asked about, not told as an error. */
export function isCrossed(error: unknown): boolean {
  return error instanceof ApiError && error.code === CROSSED;
}

export type HeldDeed = (
  | { deed: "approve"; text?: string; answers_seen: number }
  | { deed: "reject"; comment: string }
  | { deed: "comments"; text: string }
  | { deed: "revise"; text: string }
  | { deed: "withdraw" }
) & {
  /** Of the reply as it was when this was begun; without one, as it is shown. */
  revision?: number;
  /** Where the words are kept as a draft. */
  place?: string;
};

function ask(held: HeldReply, asked: HeldDeed): Promise<HeldReply> {
  const { revision = held.revision, place: _place, deed, ...words } = asked;
  const path = `held-replies/${held.id}`;
  if (deed === "withdraw") return api.delete<HeldReply>(path);
  if (deed === "revise") return api.patch(path, { revision, ...words });
  if (deed === "comments") return api.post(`${path}/comments`, words);
  return api.post(`${path}/${deed}`, { revision, ...words });
}

/** Whatever comes of it, what is shown is read again: somebody else may have been quicker. */
export function useHeldDeed(held: HeldReply) {
  const client = useQueryClient();
  const { id: userId } = useMe();
  return useMutation({
    mutationFn: (deed: HeldDeed) => ask(held, deed),
    onSuccess: (_done, asked) => {
      const words = asked.deed === "reject" ? asked.comment : "text" in asked ? asked.text : "";
      if (asked.place) endDraft(asked.place, words ?? "", userId);
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.coaching }),
    onError: (error) => {
      if (!isCrossed(error)) notifyError(error);
    },
  });
}

export type TraineeDeed =
  | {
      deed: "start";
      user_id: number;
      mentors: number[];
      holds_replies: boolean;
      ends_on: string | null;
    }
  | { deed: "change"; user_id: number; mentors?: number[]; holds_replies?: boolean }
  | { deed: "extend"; user_id: number; ends_on: string; reason: string }
  | { deed: "promote"; user_id: number; level: string; reason: string }
  | { deed: "put-off"; user_id: number; reason: string }
  | { deed: "end"; user_id: number };

function lead({ deed, user_id, ...body }: TraineeDeed): Promise<unknown> {
  if (deed === "start") return api.post("trainees", { user_id, ...body });
  if (deed === "change") return api.patch(`trainees/${user_id}`, body);
  return api.post(`trainees/${user_id}/${deed}`, deed === "end" ? undefined : body);
}

export function useTraineeDeed() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: lead,
    onSettled: () => client.invalidateQueries({ queryKey: keys.coaching }),
    onError: notifyError,
  });
}
