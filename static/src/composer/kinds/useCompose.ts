import { useState } from "react";
import type { Conversation, Me, Message, MessageContent } from "../../api/types";
import type { Draft } from "../../thread/waiting";
import type { Attachment } from "../attachments";
import { quotedOf } from "../buildDrafts";
import { keepPreview } from "../previews";
import type { Attachments } from "../useAttachments";
import type { KindName } from "./kinds";

type Ready = Extract<Attachment, { state: "ready" }>;

/** A message put together outside the text field. */
export interface Composed {
  body: Draft["body"];
  content: MessageContent;
  attachment: Ready | null;
}

interface Parts {
  conversation: Conversation;
  me: Me;
  replyTo: Message | null;
  attachments: Attachments;
  onCancelReply(): void;
  onSend(draft: Draft): string;
  /** The form is gone: whoever came by keyboard goes on from here. */
  onClosed?(): void;
}

const headers = ["image", "video", "document"];

/** Which form is open, and sending what was put together in it. */
export function useCompose(parts: Parts) {
  const { conversation, me, replyTo, attachments, onCancelReply, onSend } = parts;
  const [open, setOpen] = useState<KindName | "template" | null>(null);
  const [only] = attachments.items;
  const single = attachments.items.length === 1 && only?.state === "ready" ? only : null;
  const picture = single && headers.includes(single.upload.kind) ? single : null;
  const close = () => {
    setOpen(null);
    // After the dialog has given the focus back, to a menu that is gone.
    setTimeout(() => parts.onClosed?.());
  };
  const send = ({ body, content, attachment }: Composed) => {
    const ref = onSend({
      conversationId: conversation.id,
      author: { id: me.id, name: me.name },
      quoted: replyTo ? quotedOf(replyTo) : null,
      body: { ...body, ...(replyTo ? { reply_to: replyTo.id } : {}) } as Draft["body"],
      content,
    });
    if (attachment) {
      if (attachment.preview) keepPreview(ref, attachment.preview);
      attachments.release([attachment.key]);
    }
    onCancelReply();
    close();
  };
  return { open, setOpen, picture, attachments, send, close };
}

export type Compose = ReturnType<typeof useCompose>;
