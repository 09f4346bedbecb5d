import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import type { NotificationsRead } from "../api/events";
import { keys } from "../api/keys";
import type { Notification, Page, Unread } from "../api/types";
import { memoryOf } from "./memory";

type Pages = InfiniteData<Page<Notification>>;

const MENTION = "note.mentioned";

/** Counted once, however often the stream says it, and put on top of the lists. */
export function applyNotification(client: QueryClient, row: Notification): void {
  const { notified } = memoryOf(client);
  const held = client
    .getQueriesData<Pages>({ queryKey: keys.notificationLists })
    .some(([, data]) => holds(data, row));
  listNotification(client, row);
  if (held || notified.has(row.id)) return;
  notified.set(row.id, true);
  client.setQueryData<Unread>(
    keys.unread,
    (count) =>
      count && {
        unread: count.unread + 1,
        mentions: count.mentions + (row.kind === MENTION ? 1 : 0),
      },
  );
}

/** After a fetch that began before it: whether that answer counts it, only the server knows. */
export function reapplyNotification(client: QueryClient, row: Notification): void {
  listNotification(client, row);
  void client.invalidateQueries({ queryKey: keys.unread });
}

function listNotification(client: QueryClient, row: Notification): void {
  for (const only of ["all", "unread", ...(row.kind === MENTION ? ["mentions"] : [])]) {
    client.setQueryData<Pages>(keys.notificationList(only), (data) => withFirst(data, row));
  }
}

function holds(data: Pages | undefined, { id }: Notification): boolean {
  return data?.pages.some(({ results }) => results.some((row) => row.id === id)) ?? false;
}

function withFirst(data: Pages | undefined, row: Notification): Pages | undefined {
  const [first, ...rest] = data?.pages ?? [];
  if (!data || !first || holds(data, row)) return data;
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
