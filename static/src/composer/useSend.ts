import { useEffect, useState } from "react";
import type { Conversation, Me, Message } from "../api/types";
import { codePoints } from "../thread/text/script";
import type { Draft } from "../thread/waiting";
import { buildDrafts, textIsCaption } from "./buildDrafts";
import type { Stops } from "./crossing/useCrossing";
import { captionMax, textMax } from "./files";
import { keepPreview } from "./previews";
import type { Attachments } from "./useAttachments";

interface SendParts {
  conversation: Conversation;
  me: Me;
  text: string;
  attachments: Attachments;
  replyTo: Message | null;
  onCancelReply(): void;
  onSend(draft: Draft): string;
  onSent(): void;
  stops: Stops;
}

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
  send(): void;
}

export function useSend(parts: SendParts): Sending {
  const { conversation, me, text, attachments, replyTo, onCancelReply, onSend, onSent, stops } =
    parts;
  const [armed, setArmed] = useState(false);
  const { items } = attachments;
  const busy = items.some(({ state }) => state === "uploading" || state === "waiting");
  const blocked = items.some(({ state }) => state === "refused" || state === "failed");
  const asCaption = textIsCaption(items);
  const length = codePoints(text.trim());
  const max = asCaption ? captionMax : textMax;
  const tooLong = length > max;
  const ready = (length > 0 || items.length > 0) && !tooLong && !blocked;

  const go = () => {
    const author = { id: me.id, name: me.name };
    const outgoing = buildDrafts({
      conversationId: conversation.id,
      author,
      text,
      attachments: items,
      replyTo,
    });
    for (const { draft, preview } of outgoing) {
      const ref = onSend(draft);
      if (preview) keepPreview(ref, preview);
    }
    attachments.release(outgoing.flatMap(({ attachmentKey }) => attachmentKey ?? []));
    setArmed(false);
    onCancelReply();
    onSent();
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
  return { armed, ready, blocked, asCaption, length, max, tooLong, send };
}
