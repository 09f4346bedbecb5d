import { useRef, useState } from "react";
import { ApiError } from "../../api/client";
import type { Conversation } from "../../api/types";
import { useMe } from "../../session/MeContext";
import { useWriteNote } from "../../thread/asides/queries";
import { tokenised } from "../../thread/asides/tokens";
import { codePoints } from "../../thread/text/script";
import { sendRef } from "../sendRefs";
import { useAttachments } from "../useAttachments";
import { useCaret } from "../useCaret";
import { useDraft } from "../useDraft";
import { useMentionWord } from "./useMentionWord";

export const NOTE_MAX = 4000;

/** The place of a note's draft and files, apart from those of the answer to the customer. */
export function noteOf(conversationId: string): string {
  return `note:${conversationId}`;
}

/** What the note's composer holds. It stays until the server has it: nothing is lost, and one reference never makes two. */
export function useNote(conversation: Conversation, onSaved: () => void) {
  const me = useMe();
  const place = noteOf(conversation.id);
  const [text, setText] = useDraft(me.id, place);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { caret, follow, place: placeCaret } = useCaret(field, text);
  const attachments = useAttachments(place);
  const save = useWriteNote(conversation.id);
  const write = (next: string, at?: number) => {
    setRefusal(null);
    setText(next);
    if (at !== undefined) placeCaret(at);
  };
  const mention = useMentionWord(conversation.id, text, caret, write);
  const { items } = attachments;
  const over = codePoints(text.trim()) - NOTE_MAX;
  const filled = text.trim() !== "" || items.length > 0;
  const settled = items.every(({ state }) => state === "ready");
  const ready = filled && settled && over <= 0 && !save.isPending;

  const send = () => {
    if (!ready) return;
    const uploads = items.flatMap((item) => (item.state === "ready" ? [item.upload.id] : []));
    const wire = tokenised(text.trim(), mention.named, mention.chosen());
    const sent = JSON.stringify([text.trim(), uploads]);
    const from = { place, text, sent, files: items.map(({ key }) => key) };
    save.mutate(
      { client_ref: sendRef(me.id, place, sent), text: wire, uploads, from },
      {
        onSuccess: onSaved,
        onError: (error) => setRefusal(error instanceof ApiError ? error : null),
      },
    );
  };
  return {
    text,
    write,
    field,
    follow,
    attachments,
    mention,
    refusal,
    over,
    ready,
    send,
    saving: save.isPending,
  };
}

export type NoteState = ReturnType<typeof useNote>;
