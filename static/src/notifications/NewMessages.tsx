import { VisuallyHidden } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "../api/types";
import { useMay, useMe } from "../session/MeContext";
import { knownConversation, RecentMap } from "../stream/memory";
import { useStreamEvents } from "../stream/StreamProvider";
import { announce } from "./announce";

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
  onOpen: (id: string) => void;
}

/** What is told of a conversation without being kept as a notification. */
interface News {
  kind: "message.mine" | "queue.new";
  key: string;
  conversation: Conversation;
  words: string;
}

/** By the means this person and this browser have chosen. */
function useTell(onOpen: (id: string) => void): (news: News) => void {
  const client = useQueryClient();
  return ({ conversation, ...news }) =>
    void announce(client, {
      ...news,
      title: conversation.contact.name,
      onOpen: () => onOpen(conversation.id),
    });
}

/** Whoever may take it hears that a customer waits whom nobody looks after; once for each waiting. */
function useQueueNews(tell: (news: News) => void): void {
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
    tell({ kind: "queue.new", key, conversation, words: last.text });
  });
}

/** Each new message with its conversation; where no page has loaded that one yet, the stream tells of it next. */
function useMessageNews(say: (message: Message, conversation: Conversation) => void): void {
  const client = useQueryClient();
  const told = useRef(new Set<string>());
  const early = useRef(new RecentMap<Message>(REMEMBERED));
  useStreamEvents((event) => {
    if (event.kind === "message.changed") {
      const message = event.payload as Message;
      if (!isNews(message, told.current, Date.now())) return;
      const conversation = knownConversation(client, message.conversation_id);
      if (conversation) say(message, conversation);
      else early.current.set(message.conversation_id, message);
    }
    if (event.kind === "conversation.changed") {
      const conversation = event.payload as Conversation;
      const message = early.current.get(conversation.id);
      if (message && early.current.delete(conversation.id)) say(message, conversation);
    }
  });
}

/** Says new messages of the open conversation and of one's own aloud, and alerts to them, whatever page is open. */
export function NewMessages({ openId, onOpen }: NewMessagesProps) {
  const { t } = useTranslation();
  const me = useMe();
  const tell = useTell(onOpen);
  const [said, setSaid] = useState({ count: 0, words: "" });

  const say = (message: Message, conversation: Conversation) => {
    const mine = conversation.assignee?.id === me.id;
    if (!mine && conversation.id !== openId) return;
    const text = message.content.text ?? t(`kind.${message.kind}`);
    const words = t("inbox.newMessage", { name: conversation.contact.name, text });
    setSaid(({ count }) => ({ count: count + 1, words }));
    const looking = document.hasFocus() && conversation.id === openId;
    if (!mine || looking) return;
    tell({ kind: "message.mine", key: message.id, conversation, words: text });
  };
  useMessageNews(say);
  useQueueNews(tell);

  return (
    <VisuallyHidden role="status" aria-live="polite">
      {/* Anew each time: the same words twice would be no change, and not be said. */}
      <span key={said.count}>{said.words}</span>
    </VisuallyHidden>
  );
}
