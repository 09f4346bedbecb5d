import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Assignment, AssignmentRule, Page, Team, Work } from "../api/types";
import { notifyDone, notifyError } from "../components/toasts";
import i18n from "../i18n";

const LOOK_AGAIN_MS = 15_000;

export function useAssignments(conversationId: string) {
  return useQuery({
    queryKey: keys.assignments(conversationId),
    queryFn: ({ signal }) =>
      api.get<Page<Assignment>>(`conversations/${conversationId}/assignments`, signal),
    select: (page) => page.results,
    staleTime: 0,
  });
}

export function useTeams() {
  return useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => api.get<Page<Team>>("teams", signal),
    select: (page) => page.results,
  });
}

/** What waits and who is on duty changes all the time: asked again while the page is open. */
export function useRules() {
  return useQuery({
    queryKey: keys.rules,
    queryFn: ({ signal }) => api.get<Page<AssignmentRule>>("assignment-rules", signal),
    select: (page) => page.results,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useWork(enabled = true) {
  return useQuery({
    enabled,
    queryKey: keys.work,
    queryFn: ({ signal }) => api.get<Page<Work>>("workloads", signal),
    select: (page) => page.results,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export type RuleChange = Partial<
  Pick<AssignmentRule, "method" | "team" | "skill" | "language" | "returning">
>;

/** Shown once the server has it: a rule that is in force is nothing to guess at. */
export function useSetRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ rule, change }: { rule: AssignmentRule; change: RuleChange }) => {
      const { method, team, skill, language, returning } = { ...rule, ...change };
      const body = { method, team: team?.id ?? null, skill, language, returning };
      return api.put<AssignmentRule>(`assignment-rules/${rule.channel_id}`, body);
    },
    onSuccess: (saved) => {
      client.setQueryData<Page<AssignmentRule>>(
        keys.rules,
        (page) => page && replaced(page, saved),
      );
      notifyDone(i18n.t("assigning.saved", { name: saved.channel_name }));
    },
    onError: notifyError,
  });
}

function replaced(page: Page<AssignmentRule>, saved: AssignmentRule): Page<AssignmentRule> {
  const results = page.results.map((one) => (one.channel_id === saved.channel_id ? saved : one));
  return { ...page, results };
}

export type WorkChange = Pick<Work, "languages" | "skills" | "capacity">;

export function useSetWork(onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: WorkChange }) =>
      api.put<Work>(`workloads/${id}`, change),
    onSuccess: (saved) => {
      client.setQueryData<Page<Work>>(keys.work, (page) =>
        page
          ? { ...page, results: page.results.map((one) => (one.id === saved.id ? saved : one)) }
          : page,
      );
      notifyDone(i18n.t("assigning.saved", { name: saved.name }));
      onDone();
    },
    onError: notifyError,
  });
}
