import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Notification, NotificationSettings, Page, Unread } from "../api/types";
import { notifyError } from "../components/toasts";
import { useStream } from "../stream/StreamProvider";

export type Only = "all" | "mentions" | "unread";

/** The stream counts on; it is asked again only when something was read. */
export function useUnread() {
  const { ready } = useStream();
  return useQuery({
    queryKey: keys.unread,
    queryFn: () => api.get<Unread>("notifications/unread"),
    enabled: ready,
  });
}

export function useNotifications(only: Only) {
  return useInfiniteQuery({
    queryKey: keys.notificationList(only),
    queryFn: ({ pageParam }) => {
      const asked = new URLSearchParams({ limit: "50" });
      if (only !== "all") asked.set("only", only);
      if (pageParam) asked.set("cursor", pageParam);
      return api.get<Page<Notification>>(`notifications?${asked}`);
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
}

/** Silent on failure: nothing is lost, it is only not marked yet. */
export function useMarkNotifications() {
  return useMutation({
    mutationFn: (which: { ids: string[] } | { conversation: string }) =>
      api.post("notifications/mark-read", which),
  });
}

export function useMarkAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (until: string) => api.post("notifications/mark-all-read", { until }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.notifications }),
    onError: notifyError,
  });
}

export const settingsQuery = {
  queryKey: keys.notificationSettings,
  queryFn: () => api.get<NotificationSettings>("notifications/settings"),
  staleTime: Number.POSITIVE_INFINITY,
};

export function useNotificationSettings() {
  return useQuery(settingsQuery);
}

type Way = "in_app" | "desktop" | "sound";

/** Shown at once. What is sent is every kind's choice: what is the same as at first costs nothing. */
export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kinds, volume }: NotificationSettings) => {
      const choices = Object.fromEntries(
        kinds.map(({ kind, in_app, desktop, sound }): [string, Record<Way, boolean>] => [
          kind,
          { in_app, desktop, sound },
        ]),
      );
      return api.put<NotificationSettings>("notifications/settings", { choices, volume });
    },
    onMutate: (next) => {
      const before = client.getQueryData<NotificationSettings>(keys.notificationSettings);
      client.setQueryData(keys.notificationSettings, next);
      return { before };
    },
    onError: (error, _next, context) => {
      client.setQueryData(keys.notificationSettings, context?.before);
      notifyError(error);
    },
  });
}
