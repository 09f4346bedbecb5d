import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Conversation, Page, Risk, RiskKind, RiskSettings, RiskTried } from "../api/types";
import { notifyDone, notifyError } from "../components/toasts";
import i18n from "../i18n";
import { applyConversation, applyLeft } from "../stream/applyConversation";

/** What is risky in a conversation; read again whenever the stream says that it changed. */
export function useRisk({ id, risk, inbound_count }: Conversation) {
  const state = risk ? `${risk.raised_at} ${risk.state} ${risk.kind} ${inbound_count}` : "none";
  return useQuery({
    queryKey: keys.risks(id, state),
    queryFn: ({ signal }) => api.get<Page<Risk>>(`conversations/${id}/risk`, signal),
    select: (page) => page.results[0] ?? null,
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
    enabled: risk !== null,
  });
}

function useDeed<V extends { id: string }>(
  send: (variables: V) => Promise<Conversation | null>,
  done: string,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (conversation, { id }) => {
      if (conversation) applyConversation(client, conversation);
      else applyLeft(client, id);
      notifyDone(i18n.t(conversation ? done : "risk.gone"));
    },
    onError: notifyError,
  });
}

export function useTakeRisk() {
  return useDeed<{ id: string }>(
    ({ id }) => api.post<Conversation>(`conversations/${id}/risk/take`),
    "risk.taken",
  );
}

/** A trainee who flags a conversation sees it no longer: the answer is empty then. */
export function useFlagRisk() {
  return useDeed<{ id: string; kind: RiskKind; reason: string }>(
    async ({ id, kind, reason }) =>
      (await api.post<Conversation | undefined>(`conversations/${id}/risk`, { kind, reason })) ??
      null,
    "risk.flagged",
  );
}

export function useCloseRisk() {
  return useDeed<{ id: string; reason: string; false_alarm: boolean }>(
    ({ id, reason, false_alarm }) =>
      api.post<Conversation>(`conversations/${id}/risk/close`, { reason, false_alarm }),
    "risk.closed",
  );
}

export function useRiskSettings() {
  return useQuery({
    queryKey: keys.riskSettings,
    queryFn: ({ signal }) => api.get<Page<RiskSettings>>("risk-settings", signal),
    select: (page) => page.results,
  });
}

/** Replaces all of a region at once. */
export function useSaveRiskSettings(regionId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ watches, minutes, rules, words, steps }: RiskSettings) =>
      api.put<RiskSettings>(`regions/${regionId}/risk`, {
        watches,
        minutes,
        rules,
        words: words.map(({ kind, language, text }) => ({ kind, language, text })),
        steps: steps.map((step) => ({ ...step, people: step.people.map(({ id }) => id) })),
      }),
    onSuccess: (saved) => {
      client.setQueryData<Page<RiskSettings>>(keys.riskSettings, (page) =>
        page
          ? {
              ...page,
              results: page.results.map((one) => (one.region_id === regionId ? saved : one)),
            }
          : undefined,
      );
      notifyDone(i18n.t("riskSettings.saved"));
    },
    onError: notifyError,
  });
}

export function useTryRisk(regionId: number) {
  return useMutation({
    mutationFn: (text: string) =>
      api.post<Page<RiskTried>>(`regions/${regionId}/risk/try`, { text }),
    onError: notifyError,
  });
}
