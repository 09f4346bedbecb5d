import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "../api/types";
import { useMay, useMe } from "../session/MeContext";
import type { Alert } from "../session/useAlerts";
import { knownConversation } from "../stream/memory";
import { useStreamEvents } from "../stream/StreamProvider";
import styles from "./Inbox.module.css";

const RECENT_MS = 2 * 60_000;
const REMEMBERED = 500;

/** True the first time a recent inbound message is seen; changes to it and replays are old news. */
export function isNews(message: Message, told: Set<string>, now: number): boolean {
  if (message.direction !== "in" || message.kind === "reaction" || told.has(message.id)) {
    return false;
  }
  told.add(message.id);
  if (told.size > REMEMBERED) told.delete(told.values().next().value as string);
  return now - Date.parse(message.at) < RECENT_MS;
}

interface NewMessagesProps {
  openId: string | null;
  tell: (alert: Alert) => void;
  onOpen: (id: string) => void;
}

/** Whoever may take it hears that a customer waits whom nobody looks after; once for each waiting. */
function useQueueNews({ tell, onOpen }: Omit<NewMessagesProps, "openId">): void {
  const mayTake = useMay("conversation.take");
  const told = useRef(new Set<string>());
  useStreamEvents((event) => {
    if (event.kind !== "conversation.changed" || !mayTake) return;
    const conversation = event.payload as Conversation;
    const { id, assignee, state, waiting_since: since, last_message: last } = conversation;
    if (assignee || state !== "open" || !since || last?.direction !== "in") return;
    const key = `queue:${id}:${since}`;
    if (told.current.has(key) || Date.now() - Date.parse(since) > RECENT_MS) return;
    told.current.add(key);
    tell({ kind: "queue.new", key, conversation, words: last.text, onOpen: () => onOpen(id) });
  });
}

/** Says new messages of the open conversation and of one's own aloud, and hands them to the alerts. */
export function NewMessages({ openId, tell, onOpen }: NewMessagesProps) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const told = useRef(new Set<string>());
  const [said, setSaid] = useState({ count: 0, words: "" });

  useStreamEvents((event) => {
    if (event.kind !== "message.changed") return;
    const message = event.payload as Message;
    if (!isNews(message, told.current, Date.now())) return;
    const conversation = knownConversation(client, message.conversation_id);
    if (!conversation) return;
    const mine = conversation.assignee?.id === me.id;
    if (!mine && conversation.id !== openId) return;
    const text = message.content.text ?? t(`kind.${message.kind}`);
    const words = t("inbox.newMessage", { name: conversation.contact.name, text });
    setSaid(({ count }) => ({ count: count + 1, words }));
    const looking = document.hasFocus() && conversation.id === openId;
    if (!mine || looking) return;
    const onTold = () => onOpen(conversation.id);
    tell({ kind: "message.mine", key: message.id, conversation, words: text, onOpen: onTold });
  });
  useQueueNews({ tell, onOpen });

  return (
    <div className={styles.hidden} role="status" aria-live="polite">
      {/* Anew each time: the same words twice would be no change, and not be said. */}
      <span key={said.count}>{said.words}</span>
    </div>
  );
}
