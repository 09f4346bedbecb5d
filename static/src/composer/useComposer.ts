import { useImperativeHandle, useRef, useState } from "react";
import type { ApiError } from "../api/client";
import { useInsertion } from "../quick/useInsertion";
import { useMe } from "../session/MeContext";
import { company } from "../stream/company";
import type { ComposerInputProps } from "./ComposerInput";
import { useAnswerBegun } from "./crossing/useAnswerBegun";
import { useInsertSink } from "./insertSink";
import { useCompose } from "./kinds/useCompose";
import { slashAt } from "./slash";
import { useAttachments } from "./useAttachments";
import { useCaret } from "./useCaret";
import { useDraft } from "./useDraft";
import { useSend } from "./useSend";
import { useSlash } from "./useSlash";
import { useTyping } from "./useTyping";

/** What the composer holds: text and caret, files, the "/" list, why the last text was refused. */
export function useComposer(props: ComposerInputProps) {
  const { ref, conversation } = props;
  const me = useMe();
  const [text, setText] = useDraft(me.id, conversation.id);
  const [refusal, setRefusal] = useState<ApiError | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { caret, follow, place } = useCaret(field, text);
  const attachments = useAttachments(conversation.id);
  useAnswerBegun(conversation, text !== "" || attachments.items.length > 0);
  const tellWriting = useWriting(conversation.id);
  const write = (next: string, at?: number) => {
    setRefusal(null);
    tellWriting(next);
    setText(next);
    if (at !== undefined) place(at);
  };
  /** Puts a piece in at the caret. */
  const insert = (piece: string) =>
    write(text.slice(0, caret) + piece + text.slice(caret), caret + piece.length);
  const looking = slashAt(text, caret) !== null;
  const insertion = useInsertion({ conversation, text, looking, insert });
  useInsertSink((reply) => {
    insertion.choose(reply);
    field.current?.focus();
  });
  const slash = useSlash(text, caret, write, insertion);
  const onSent = () => write("", 0);
  const sending = useSend({ ...props, me, text, attachments, insertion, onSent });
  const onClosed = () => field.current?.focus();
  const compose = useCompose({ ...props, me, attachments, onClosed });

  const takeBack = (words: string, error: ApiError | null) => {
    if (text.trim()) return false;
    setText(words);
    setRefusal(error);
    place(words.length);
    return true;
  };
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    addFiles: attachments.add,
    openTemplates: () => compose.setOpen("template"),
    isArmed: () => sending.armed,
    takeBack,
  }));
  const writing = { text, write, insert, caret, follow, field, refusal };
  return { ...writing, attachments, insertion, slash, sending, compose };
}

export type ComposerState = ReturnType<typeof useComposer>;

/** Tells colleagues and customer that somebody writes, and remembers what they knew of when they began. */
function useWriting(conversationId: string) {
  const tellTyping = useTyping(conversationId);
  return (next: string) => {
    if (!next) {
      company.rests();
      return;
    }
    tellTyping();
    company.types();
  };
}
