import { useEffect, useRef } from "react";
import { api } from "../api/client";

/** WhatsApp shows it for 25 seconds (Meta: typing indicators). */
const againMs = 20_000;

// An admin has not switched it on, or has: asked once, and again by whoever loads the page anew.
let wanted = true;

/** Tells the server that somebody types in this conversation; whether the customer sees it is an admin's choice. */
export function useTyping(conversationId: string): () => void {
  const toldAt = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation begins anew
  useEffect(() => {
    toldAt.current = 0;
  }, [conversationId]);
  return () => {
    const now = Date.now();
    if (!wanted || now - toldAt.current < againMs) return;
    toldAt.current = now;
    api
      .post<{ shown: boolean; wanted: boolean }>(`conversations/${conversationId}/typing`)
      .then((answer) => {
        wanted = answer.wanted;
      })
      // A lost hint is no loss: the next key tells it again.
      .catch(() => {});
  };
}
