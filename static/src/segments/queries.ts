import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, Segment, SegmentPerson, SegmentSize, SegmentTry } from "../api/types";
import { notifyDone, notifyError, notifyUndo } from "../components/toasts";
import type { Wire } from "../conditions/tree";
import i18n from "../i18n";

export interface SegmentWish {
  region_id: number;
  name: string;
  description: string;
  conditions: Wire;
}

const MOST = 100;

export function useSegments(regionId: number | null, archived: boolean) {
  return useInfiniteQuery({
    queryKey: keys.segmentList(regionId, archived),
    queryFn: ({ signal, pageParam }) => {
      const asked = new URLSearchParams({ limit: String(MOST), archived: String(archived) });
      if (regionId !== null) asked.set("region", String(regionId));
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Segment>>(`segments?${asked}`, signal);
    },
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

/** How many the conditions hold of right now; asked when they are complete. */
export function useTry(regionId: number, conditions: Wire | null) {
  const said = JSON.stringify(conditions);
  return useQuery({
    queryKey: keys.segmentTry(regionId, said),
    queryFn: () => api.post<SegmentTry>("segments/try", { region_id: regionId, conditions }),
    enabled: conditions !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });
}

export function useSizes(id: string) {
  return useQuery({
    queryKey: keys.segmentSizes(id),
    queryFn: ({ signal }) => api.get<Page<SegmentSize>>(`segments/${id}/sizes`, signal),
    select: (page) => page.results,
  });
}

export function usePeople(id: string) {
  return useInfiniteQuery({
    queryKey: keys.segmentPeople(id),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<SegmentPerson>>(
        `segments/${id}/people?limit=50${pageParam && `&cursor=${pageParam}`}`,
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
  });
}

export function useSaveSegment(existing: Segment | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ region_id, ...wish }: SegmentWish) =>
      existing
        ? api.patch<Segment>(`segments/${existing.id}`, { ...wish, version: existing.version })
        : api.post<Segment>("segments", { region_id, ...wish }),
    onSuccess: () => {
      notifyDone(i18n.t("segments.saved"));
      return client.invalidateQueries({ queryKey: keys.segments });
    },
    onError: notifyError,
  });
}

/** Archiving can be undone at once, and later from the list of archived ones. */
export function useArchiveSegment() {
  const client = useQueryClient();
  const archive = useMutation({
    mutationFn: ({ id, archived }: { id: string; archived: boolean }) =>
      api.post<Segment>(`segments/${id}/archive`, { archived }),
    onSuccess: ({ name }, { id, archived }) => {
      void client.invalidateQueries({ queryKey: keys.segments });
      if (archived) {
        notifyUndo(i18n.t("segments.archived", { name }), () =>
          archive.mutate({ id, archived: false }),
        );
      } else notifyDone(i18n.t("segments.restored", { name }));
    },
    onError: notifyError,
  });
  return archive;
}

export function useCountSegment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Segment>(`segments/${id}/count`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.segments }),
    onError: notifyError,
  });
}
