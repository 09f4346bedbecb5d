import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, made } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { notifyError } from "../components/toasts";

type Schemas = components["schemas"];
export type Import = Schemas["Import"];
export type Draft = Schemas["ImportDraft"];
export type Problem = Schemas["ImportProblem"];
export type Phase = "run" | "check" | "undo";
export type Deed = "check" | "run" | "cancel" | "undo";
export type SetUp = {
  reading?: { encoding?: string; delimiter?: string; sheet?: string };
  heading?: boolean;
  mapping?: Record<string, string>;
  settings?: Partial<Draft["settings"]>;
};
const PAGE = 20;

export function useImports() {
  return useInfiniteQuery({
    queryKey: keys.imports,
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ limit: String(PAGE) });
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Import>>(`imports?${asked}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useDraft(id: string) {
  return useQuery({
    queryKey: keys.importDraft(id),
    queryFn: ({ signal }) => api.get<Draft>(`imports/${id}/draft`, signal),
  });
}

export function useProblems(id: string, phase: Phase) {
  return useInfiniteQuery({
    queryKey: keys.importProblems(id, phase),
    queryFn: ({ pageParam, signal }) => {
      const asked = new URLSearchParams({ phase, limit: String(PAGE) });
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Problem>>(`imports/${id}/problems?${asked}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.results),
  });
}

export function useUpload() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, subject, region }: { file: File; subject: string; region: number }) => {
      const form = new FormData();
      form.set("file", file);
      form.set("subject", subject);
      form.set("region_id", String(region));
      return api.post<Draft>("imports", form);
    },
    onSuccess: (draft) => keepDraft(client, draft),
  });
}

export function useSetUp(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changes: SetUp) => api.patch<Draft>(`imports/${id}/draft`, changes),
    onSuccess: (draft) => keepDraft(client, draft),
    onError: notifyError,
  });
}

export function useImportDeed(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => api.post<Import>(`imports/${id}/${deed}`),
    onSuccess: (job) => applyImport(client, job),
    onError: notifyError,
  });
}

/** The lines that were not taken, with why, handed to the browser. */
export function useProblemFile(id: string, phase: Phase) {
  return useMutation({
    mutationFn: () => made(`imports/${id}/problems/file?phase=${phase}`),
    onSuccess: (file) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = `kefu-import-${phase}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: notifyError,
  });
}

/** What the stream, or an answer, says of an import: newer versions only. */
export function applyImport(client: QueryClient, job: Import): void {
  let known = false;
  client.setQueryData<{ pages: Page<Import>[]; pageParams: unknown[] }>(keys.imports, (data) => {
    if (!data) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      results: page.results.map((one) => {
        if (one.id !== job.id) return one;
        known = true;
        return one.version > job.version ? one : job;
      }),
    }));
    return { ...data, pages };
  });
  if (!known) void client.invalidateQueries({ queryKey: keys.imports });
  client.setQueryData<Draft>(keys.importDraft(job.id), (draft) =>
    draft && draft.job.version <= job.version ? { ...draft, job } : draft,
  );
  if (!atWork(job)) void client.invalidateQueries({ queryKey: keys.problemsOf(job.id) });
}

export function atWork({ state }: Import): boolean {
  return state === "checking" || state === "running" || state === "undoing";
}

function keepDraft(client: QueryClient, draft: Draft): void {
  client.setQueryData(keys.importDraft(draft.job.id), draft);
  applyImport(client, draft.job);
}
