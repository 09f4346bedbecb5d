import { useTranslation } from "react-i18next";
import type { Notification, SlaWarning } from "../api/events";
import { notifyNews } from "../components/toasts";
import { useStreamEvents } from "../stream/StreamProvider";

const RECENT_MS = 10 * 60_000;

/** Tells of promises at risk or broken, and of a lock that was broken. What a replay brings late is old news. */
export function Warnings({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  useStreamEvents((event) => {
    if (event.kind === "notification.created") {
      const { kind, conversation_id, contact_name, actor, note } = event.payload as Notification;
      if (kind !== "lock.broken" || !conversation_id) return;
      const title = t("inbox.lockBroken", { by: actor?.name ?? "", name: contact_name ?? "" });
      notifyNews({ title, words: note ?? "", onOpen: () => onOpen(conversation_id) });
    }
    if (event.kind !== "sla.warned") return;
    const { conversation_id, contact_name, due_for, stage, due_at } = event.payload as SlaWarning;
    if (Date.now() - Date.parse(due_at) > RECENT_MS) return;
    notifyNews({
      title: t(stage === "near" ? "inbox.due.near" : "inbox.due.broken", { name: contact_name }),
      words: t(`inbox.due.for.${due_for}`),
      urgent: stage !== "near",
      onOpen: () => onOpen(conversation_id),
    });
  });
  return null;
}
