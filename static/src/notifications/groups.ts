import type { Notification } from "../api/types";

export interface Group {
  key: string;
  /** The contact's; null for what is about no conversation. */
  name: string | null;
  items: Notification[];
}

/** What is about one conversation stands together, where its newest one would. */
export function byConversation(rows: readonly Notification[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const key = row.conversation_id ?? "";
    const group = groups.get(key) ?? { key: key || "general", name: row.contact_name, items: [] };
    group.items.push(row);
    groups.set(key, group);
  }
  return [...groups.values()];
}
