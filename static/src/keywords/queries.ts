import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { notifyDone, notifyError, notifyUndo } from "../components/toasts";
import i18n from "../i18n";
import type { FoundMessage } from "../search/queries";
import { useStreamEvents } from "../stream/StreamProvider";

type Schemas = components["schemas"];
export type Keyword = Schemas["Keyword"];
export type KeywordReport = Schemas["KeywordReport"];
export type KeywordDay = Schemas["KeywordDay"];
export type KeywordTrend = Schemas["KeywordTrend"];
export type KeywordWord = Schemas["KeywordWord"];
export type Choice = Schemas["PatchedChoiceBodyRequest"];

/** A day was counted, or somebody chose a word: all of it is read again. */
export function useKeywordNews(): void {
  const client = useQueryClient();
  useStreamEvents(({ kind }) => {
    if (kind === "keywords.changed") client.invalidateQueries({ queryKey: keys.keywords });
  });
}

export function useReport(region: number, days: number) {
  return useQuery({
    queryKey: keys.keywordReport(region, days),
    queryFn: ({ signal }) =>
      api.get<KeywordReport>(`regions/${region}/keywords?days=${days}`, signal),
  });
}

export function useTrend(term: string) {
  return useQuery({
    queryKey: keys.keywordTrend(term),
    queryFn: ({ signal }) => api.get<KeywordTrend>(`keyword-terms/${term}?days=90`, signal),
  });
}

export function useWords(region: number) {
  return useQuery({
    queryKey: keys.keywordWords(region),
    queryFn: ({ signal }) => api.get<Page<KeywordWord>>(`regions/${region}/keyword-terms`, signal),
    select: (page) => page.results,
  });
}

interface Hits {
  results: FoundMessage[];
  next: string | null;
  partial: boolean;
}

export function useExamples(term: string, days: number) {
  return useInfiniteQuery({
    queryKey: keys.keywordExamples(term, days),
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam ? `&cursor=${encodeURIComponent(pageParam)}` : "";
      return api.get<Hits>(`keyword-terms/${term}/examples?days=${days}${cursor}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: ({ pages }) => pages.flatMap((page) => page.results),
  });
}

/** Follow, ignore, put on the list: told in a toast, and what hides something can be taken back there. */
export function useChoose() {
  const client = useQueryClient();
  const chosen = useMutation({
    mutationFn: ({ id, choice }: { id: string; text: string; choice: Choice }) =>
      api.patch<KeywordWord>(`keyword-terms/${id}`, choice),
    onSuccess: (_word, { id, text, choice }) => {
      client.invalidateQueries({ queryKey: keys.keywords });
      const [name, value] = Object.entries(choice)[0] ?? [];
      const words = i18n.t(`keywords.did.${name}.${value ? "on" : "off"}`, { term: text });
      if (choice.ignored || choice.own === false) {
        const back = name === "ignored" ? { ignored: false } : { own: true };
        notifyUndo(words, () => chosen.mutate({ id, text, choice: back }));
      } else notifyDone(words);
    },
    onError: notifyError,
  });
  return chosen;
}

/** Writes a term down, or finds it, and says at once what it is for. */
export function useAddTerm(region: number) {
  const choose = useChoose();
  return useMutation({
    mutationFn: ({ text }: { text: string; choice: Choice }) =>
      api.post<KeywordWord>(`regions/${region}/keyword-terms`, { text }),
    onSuccess: ({ id, text }, { choice }) => choose.mutate({ id, text, choice }),
    onError: notifyError,
  });
}
