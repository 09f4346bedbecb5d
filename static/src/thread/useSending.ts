import { type RefObject, useEffect, useMemo, useRef } from "react";
import type { ApiError } from "../api/client";
import type { Conversation, Message } from "../api/types";
import type { ComposerHandle } from "../composer/ComposerInput";
import { answersSeen } from "../composer/crossing/answersSeen";
import { useMe } from "../session/MeContext";
import { outbox } from "./outbox";
import type { Draft, Waiting } from "./waiting";

/** Sending, and what becomes of what could not be sent. */
export function useSending(conversation: Conversation, composer: RefObject<ComposerHandle | null>) {
  const { id: conversationId, answer_count } = conversation;
  const { id: userId } = useMe();
  const answers = useRef(answer_count);
  answers.current = answer_count;
  const sending = useMemo(() => {
    const takeBack = (waiting: Waiting, error: ApiError | null) =>
      composer.current?.takeBack(waiting.content.text ?? "", error) ?? false;
    const find = (message: Message) =>
      outbox.of(conversationId).find((waiting) => waiting.ref === message.client_ref);
    return {
      takeBack,
      send: (draft: Draft) => {
        const answers_seen = answersSeen(userId, conversationId, answers.current);
        return outbox.send({ ...draft, body: { ...draft.body, answers_seen } }).ref;
      },
      resend: (message: Message) =>
        message.client_ref && outbox.retry(conversationId, message.client_ref),
      discard: (message: Message) => {
        if (message.client_ref) outbox.discard(conversationId, message.client_ref);
        // The button pressed is gone with its message.
        composer.current?.focus();
      },
      edit: (message: Message) => {
        const waiting = find(message);
        if (waiting && takeBack(waiting, null)) outbox.discard(conversationId, waiting.ref);
      },
    };
  }, [conversationId, composer, userId]);

  useEffect(() => {
    const aboutText = (waiting: Waiting, error: ApiError) =>
      error.field === "text" && waiting.body.type === "text";
    return outbox.takeBack(
      conversationId,
      (waiting, error) => aboutText(waiting, error) && sending.takeBack(waiting, error),
    );
  }, [conversationId, sending]);
  return sending;
}
