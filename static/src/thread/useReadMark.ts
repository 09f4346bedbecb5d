import { useDocumentVisibility } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useMarkRead } from "../api/mutations";
import type { Conversation } from "../api/types";

export function unreadOf(conversation: Conversation): number {
  return Math.max(0, conversation.inbound_count - (conversation.read_count ?? 0));
}

/** Read is what was on the screen: the tab in front and the newest message in view. */
export function useReadMark(conversation: Conversation, inView: boolean): void {
  const { mutate } = useMarkRead();
  const visible = useDocumentVisibility() === "visible";
  const asked = useRef(0);
  const due = visible && inView && unreadOf(conversation) > 0;
  useEffect(() => {
    // Once for each state of the conversation: a failing server is not asked again and again.
    if (!due || asked.current >= conversation.inbound_count) return;
    asked.current = conversation.inbound_count;
    mutate(conversation);
  }, [due, conversation, mutate]);
}
