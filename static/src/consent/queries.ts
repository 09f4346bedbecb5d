import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { ConsentRules, Page } from "../api/types";
import { notifyDone, notifyError } from "../components/toasts";
import i18n from "../i18n";

export function useConsentRules() {
  return useQuery({
    queryKey: keys.consentRules,
    queryFn: ({ signal }) => api.get<Page<ConsentRules>>("consent-rules", signal),
    select: (page) => page.results,
  });
}

/** Replaces all of a region at once. */
export function useSaveConsentRules(regionId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ stop_words, start_words, confirms, stop_reply, start_reply }: ConsentRules) =>
      api.put<ConsentRules>(`regions/${regionId}/consent`, {
        stop_words,
        start_words,
        confirms,
        replies: { stop: stop_reply, start: start_reply },
      }),
    onSuccess: (saved) => {
      client.setQueryData<Page<ConsentRules>>(keys.consentRules, (page) =>
        page
          ? {
              ...page,
              results: page.results.map((one) => (one.region_id === regionId ? saved : one)),
            }
          : undefined,
      );
      notifyDone(i18n.t("consentSettings.saved"));
    },
    onError: notifyError,
  });
}
