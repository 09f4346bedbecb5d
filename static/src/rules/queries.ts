import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page } from "../api/types";
import { notifyDone, notifyError } from "../components/toasts";
import { useVocabulary } from "../conditions/queries";
import i18n from "../i18n";
import type {
  Draft,
  Rule,
  RuleReading,
  RuleRun,
  RuleTrial,
  RuleVersion,
  RuleVocabulary,
  RuleWhy,
} from "./types";

const TRIAL_MS = 700;

export function useRules(region: number) {
  return useQuery({
    queryKey: keys.ruleList(region),
    queryFn: ({ signal }) => api.get<Page<Rule>>(`rules?region=${region}`, signal),
    select: (page) => page.results,
    refetchInterval: 30_000, // how often they fired
  });
}

/** What rules can do, and what can be asked. */
export function useRuleVocabulary(region: number) {
  const deeds = useQuery({
    queryKey: keys.ruleWords(region),
    queryFn: ({ signal }) => api.get<RuleVocabulary>(`rules/vocabulary?region=${region}`, signal),
  });
  const asked = useVocabulary(region);
  return { deeds: deeds.data, asked: asked.data, error: deeds.error ?? asked.error };
}

/** The draft in plain words in both languages; a refusal names what is wrong with it. */
export function useReading(region: number, draft: Draft) {
  return useQuery({
    queryKey: keys.ruleReading(region, JSON.stringify(draft)),
    queryFn: () => api.post<RuleReading>("rules/reading", { ...draft, region_id: region }),
    placeholderData: (before) => before,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function useRuleDeed<V>(send: (variables: V) => Promise<unknown>, done: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keys.automaticRules });
      notifyDone(i18n.t(done));
    },
    onError: notifyError,
  });
}

export function useSaveRule(region: number, rule: Rule | null) {
  return useRuleDeed(
    (draft: Draft) =>
      rule
        ? api.put(`rules/${rule.id}`, { ...draft, version: rule.version })
        : api.post("rules", { ...draft, region_id: region }),
    "rules.saved",
  );
}

export function useSwitchRule() {
  return useRuleDeed(
    ({ id, to }: { id: string; to: "on" | "off" }) => api.post(`rules/${id}/switch`, { to }),
    "rules.switched",
  );
}

export function useOrderRules(region: number) {
  return useRuleDeed(
    (ids: string[]) => api.post("rules/order", { region_id: region, ids }),
    "rules.ordered",
  );
}

export function useDeleteRule() {
  return useRuleDeed((id: string) => api.delete(`rules/${id}`), "rules.deleted");
}

export function useVersions(id: string) {
  return useQuery({
    queryKey: keys.ruleVersions(id),
    queryFn: ({ signal }) => api.get<Page<RuleVersion>>(`rules/${id}/versions`, signal),
    select: (page) => page.results,
  });
}

export function useRestore(id: string) {
  return useRuleDeed(
    (number: number) => api.post(`rules/${id}/versions`, { number }),
    "rules.restored",
  );
}

/** The firings of a rule, or all in one conversation. */
export function useRuns(of: { rule: string } | { conversation: string }) {
  const path = "rule" in of ? `rules/${of.rule}/runs` : `conversations/${of.conversation}/rules`;
  return useInfiniteQuery({
    queryKey: keys.ruleRuns(path),
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<RuleRun>>(`${path}?limit=20${pageParam ? `&cursor=${pageParam}` : ""}`, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    select: (data) => data.pages.flatMap(({ results }) => results),
  });
}

export function useUndoRun() {
  return useRuleDeed((id: string) => api.post(`rule-runs/${id}/undo`), "rules.undone");
}

export function useWhy(conversation: string, rule: string | null) {
  return useQuery({
    queryKey: keys.ruleWhy(conversation, rule ?? ""),
    queryFn: ({ signal }) =>
      api.get<Page<RuleWhy>>(`conversations/${conversation}/rules/${rule}`, signal),
    select: (page) => page.results,
    enabled: rule !== null,
  });
}

export function useBeginTrial(region: number) {
  return useMutation({
    mutationFn: ({ days, draft }: { days: number; draft: Draft }) =>
      api.post<RuleTrial>("rule-trials", { region_id: region, days, draft }),
    onError: notifyError,
  });
}

/** Asked again until it is done. */
export function useTrial(id: string | null) {
  return useQuery({
    queryKey: keys.ruleTrial(id ?? ""),
    queryFn: ({ signal }) => api.get<RuleTrial>(`rule-trials/${id}`, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data && ["done", "failed"].includes(state.data.state) ? false : TRIAL_MS,
  });
}
