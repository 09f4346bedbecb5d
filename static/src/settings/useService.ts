import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, Service } from "../api/types";
import { notifyDone, notifyError } from "../components/toasts";

export function useServices() {
  return useQuery({
    queryKey: keys.service,
    queryFn: ({ signal }) => api.get<Page<Service>>("service", signal),
    select: (page) => page.results,
  });
}

/** Replaces all of a region at once. */
export function useSaveService(regionId: number) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ hours, holidays, promises }: Service) =>
      api.put<Service>(`regions/${regionId}/service`, { hours, holidays, promises }),
    onSuccess: (saved) => {
      client.setQueryData<Page<Service>>(keys.service, (page) =>
        page
          ? {
              ...page,
              results: page.results.map((one) => (one.region_id === regionId ? saved : one)),
            }
          : undefined,
      );
      notifyDone(t("service.saved"));
    },
    onError: notifyError,
  });
}
