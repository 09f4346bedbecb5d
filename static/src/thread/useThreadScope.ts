import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Conversation, Message, WireMessage } from "../api/types";
import { useMinute } from "../components/times";
import { notifyDone, notifyError } from "../components/toasts";
import type { ComposerHandle } from "../composer/ComposerInput";
import { windowState } from "../composer/windowState";
import { useMay, useMe } from "../session/MeContext";
import { applyMessage } from "../stream/applyMessage";
import type { ThreadActions, ThreadScope } from "./context";
import { copyable } from "./message/describe";
import { useReact } from "./useReact";
import type { useSending } from "./useSending";
import { isWaiting } from "./waiting";

interface ScopeParts {
  conversation: Conversation;
  sending: ReturnType<typeof useSending>;
  composer: RefObject<ComposerHandle | null>;
  /** What is meant for the customer never goes into a note: first the place for answers, then the rest. */
  answering(then: () => void): void;
  jumpTo(id: string): void;
  setReplyTo(message: Message): void;
  setShown(id: string): void;
  /** Of what could not be sent: again, or first asked about. */
  resend(message: Message): void;
}

/** A failed message of ours queued again by the server, as a new attempt. */
function useServerRetry() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (message: Message) => api.post<WireMessage>(`messages/${message.id}/retry`),
    onSuccess: (message) => applyMessage(client, message),
    onError: notifyError,
  });
}

const LINKS_AGAIN_MS = 60_000;

/** Once a minute at most: a file that is really gone must not be asked for in a circle. */
function useLinkRefresh(conversationId: string): () => void {
  const client = useQueryClient();
  const at = useRef(0);
  return () => {
    if (Date.now() - at.current < LINKS_AGAIN_MS) return;
    at.current = Date.now();
    client.invalidateQueries({ queryKey: keys.messages(conversationId) });
  };
}

/** What the bubbles get; it changes only with what they show, so that they are not redrawn for nothing. */
export function useThreadScope(parts: ScopeParts): ThreadScope {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const canReply = useMay("conversation.reply");
  const { conversation } = parts;
  const open = windowState(conversation.window_closes_at, useMinute()).state === "open";
  const react = useReact(conversation.id);
  const retry = useServerRetry();
  const refreshLinks = useLinkRefresh(conversation.id);
  const latest = useRef({ ...parts, react, retry, refreshLinks, t });
  latest.current = { ...parts, react, retry, refreshLinks, t };

  const actions = useMemo<ThreadActions>(() => {
    const now = () => latest.current;
    return {
      reply: (message) => {
        now().setReplyTo(message);
        now().answering(() => now().composer.current?.focus());
      },
      react: (message, emoji) => void now().react(message, emoji),
      copy: (message) => {
        navigator.clipboard
          .writeText(copyable(message))
          .then(() => notifyDone(now().t("thread.copied")))
          .catch(() => notifyDone(now().t("thread.notCopied")));
      },
      jumpTo: (id) => now().jumpTo(id),
      retry: (message) =>
        isWaiting(message) ? now().resend(message) : now().retry.mutate(message),
      discard: (message) => now().sending.discard(message),
      edit: (message) =>
        now().answering(() => {
          if (isWaiting(message)) now().sending.edit(message);
          else now().composer.current?.takeBack(message.content.text ?? "", null);
        }),
      openTemplates: () => now().answering(() => now().composer.current?.openTemplates()),
      refreshLinks: () => now().refreshLinks(),
      openMedia: (message) => now().setShown(message.id),
      focusComposer: () => now().composer.current?.focus(),
    };
  }, []);
  const { name } = conversation.contact;
  return useMemo(
    () => ({
      t,
      locale: i18n.language,
      timeZone: me.time_zone,
      contactName: name,
      canReply: canReply && open,
      canReact: canReply && open && !me.replies_held,
      actions,
    }),
    [t, i18n.language, me.time_zone, me.replies_held, name, canReply, open, actions],
  );
}
