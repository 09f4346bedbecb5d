import { useEffect, useState } from "react";
import type { Conversation, Me, Message } from "../api/types";
import { type Meanwhile, useSchedule } from "../quick/queries";
import type { Insertion } from "../quick/useInsertion";
import { codePoints } from "../thread/text/script";
import type { Draft } from "../thread/waiting";
import type { Attachment } from "./attachments";
import { buildDrafts, type Outgoing, textIsCaption } from "./buildDrafts";
import type { Stops } from "./crossing/useCrossing";
import { knownOf } from "./draftMemory";
import { captionMax, textMax } from "./files";
import { keepPreview } from "./previews";
import type { Attachments } from "./useAttachments";

interface SendParts {
  conversation: Conversation;
  me: Me;
  text: string;
  attachments: Attachments;
  insertion: Insertion;
  replyTo: Message | null;
  onCancelReply(): void;
  onSend(draft: Draft): string;
  onSent(): void;
  stops: Stops;
}

type SendLater = (at: Date, meanwhile: Meanwhile, onKept?: () => void) => void;

export interface Sending {
  /** Pressed while files were still on their way: goes as soon as they are there. */
  armed: boolean;
  ready: boolean;
  /** A file stands in the way. */
  blocked: boolean;
  asCaption: boolean;
  length: number;
  max: number;
  tooLong: boolean;
  /** Variables that would leave in braces. */
  left: string[];
  send(): void;
  /** The same kept for a time; not while files are on their way. */
  later: { ready: boolean; busy: boolean; send: SendLater };
}

function keysOf(outgoing: Outgoing[]): string[] {
  return outgoing.flatMap(({ attachmentKey }) => attachmentKey ?? []);
}

export function useSend(parts: SendParts): Sending {
  const { conversation, me, text, attachments, insertion, replyTo } = parts;
  const { onCancelReply, onSend, onSent, stops } = parts;
  const [armed, setArmed] = useState(false);
  const { items } = attachments;
  const { busy, fits, ...written } = standingOf(text, items);
  const { left, source } = insertion;
  const build = () =>
    buildDrafts({
      conversationId: conversation.id,
      author: { id: me.id, name: me.name },
      text,
      attachments: items,
      replyTo,
      source,
    });
  const kept = useKeptForLater(parts, build);
  const ready = fits && left.length === 0 && !kept.busy;
  const done = (outgoing: Outgoing[]) => {
    attachments.release(keysOf(outgoing));
    setArmed(false);
    onCancelReply();
    onSent();
  };
  const go = () => {
    const outgoing = build();
    const { revision } = knownOf(me.id, conversation.id);
    for (const [index, { draft, preview }] of outgoing.entries()) {
      // The draft goes with the last of what it becomes, in the same write.
      const last = index === outgoing.length - 1 && revision > 0;
      const ref = onSend(last ? { ...draft, body: { ...draft.body, draft: revision } } : draft);
      if (preview) keepPreview(ref, preview);
    }
    done(outgoing);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: fires on the change from busy to ready
  useEffect(() => {
    if (!armed || busy) return;
    if (ready) go();
    else setArmed(false);
  }, [armed, busy, ready]);

  const send = () => {
    if (!ready) return;
    const leave = () => (busy ? setArmed(true) : go());
    // A colleague was faster, or is writing: asked about before it leaves.
    if (!stops(text.trim(), leave, () => onSent())) leave();
  };
  const later = { ...kept, ready: ready && !busy };
  return { armed, ready, ...written, left, send, later };
}

/** How long the words are, and whether the files let them leave. */
function standingOf(text: string, items: readonly Attachment[]) {
  const asCaption = textIsCaption(items);
  const length = codePoints(text.trim());
  const max = asCaption ? captionMax : textMax;
  const tooLong = length > max;
  const busy = items.some(({ state }) => state === "uploading" || state === "waiting");
  const blocked = items.some(({ state }) => state === "refused" || state === "failed");
  const fits = (length > 0 || items.length > 0) && !tooLong && !blocked;
  return { busy, blocked, fits, asCaption, length, max, tooLong };
}

function useKeptForLater(parts: SendParts, build: () => Outgoing[]) {
  const { conversation, text, onCancelReply } = parts;
  const schedule = useSchedule(conversation.id);
  const send: SendLater = (at, meanwhile, onKept) => {
    const outgoing = build();
    const bodies = outgoing.map(({ draft }) => draft.body);
    // What is written stays where it is until the server has it.
    const from = { text, files: keysOf(outgoing) };
    const onSuccess = () => {
      onCancelReply();
      onKept?.();
    };
    schedule.mutate({ bodies, at, meanwhile, from }, { onSuccess });
  };
  return { busy: schedule.isPending, send };
}
