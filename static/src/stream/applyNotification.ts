import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { NotificationsRead } from "../api/events";
import { keys } from "../api/keys";
import type { Notification, Page, Unread } from "../api/types";

type Pages = InfiniteData<Page<Notification>>;

const MENTION = "note.mentioned";

/** Counted and put on top of the lists that hold it; one that is there already is not counted again. */
export function applyNotification(client: QueryClient, row: Notification): void {
  const known = client
    .getQueriesData<Pages>({ queryKey: keys.notificationLists })
    .some(([, data]) => data?.pages.some((page) => page.results.some(({ id }) => id === row.id)));
  if (known) return;
  for (const only of ["all", "unread", ...(row.kind === MENTION ? ["mentions"] : [])]) {
    client.setQueryData<Pages>(keys.notificationList(only), (data) => withFirst(data, row));
  }
  client.setQueryData<Unread>(
    keys.unread,
    (count) =>
      count && {
        unread: count.unread + 1,
        mentions: count.mentions + (row.kind === MENTION ? 1 : 0),
      },
  );
}

function withFirst(data: Pages | undefined, row: Notification): Pages | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (!data || !first) return data;
  return { ...data, pages: [{ ...first, results: [row, ...first.results] }, ...rest] };
}

/** Read here or in another tab. What is left unread, the server knows. */
export function applyNotificationsRead(client: QueryClient, read: NotificationsRead): void {
  const ids = new Set(read.ids);
  const until = read.until === null ? null : Date.parse(read.until);
  const isRead = ({ id, created_at }: Notification) =>
    ids.has(id) || (until !== null && Date.parse(created_at) <= until);
  const at = new Date().toISOString();
  client.setQueriesData<Pages>(
    { queryKey: keys.notificationLists },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          results: page.results.map((row) =>
            row.read_at === null && isRead(row) ? { ...row, read_at: at } : row,
          ),
        })),
      },
  );
  client.invalidateQueries({ queryKey: keys.unread });
}
