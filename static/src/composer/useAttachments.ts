import { useMemo, useSyncExternalStore } from "react";
import { type Attachment, attachments as store } from "./attachments";

export interface Attachments {
  items: readonly Attachment[];
  add(files: readonly File[]): void;
  /** What was recorded here, to be sent as a voice note. */
  addVoice(file: File): void;
  remove(key: string): void;
  retry(key: string): void;
  caption(key: string, text: string): void;
  /** Takes the given ones out without letting their previews go: bubbles show them now. */
  release(keys: string[]): void;
}

/** Files waiting to be sent with the conversation's next message. */
export function useAttachments(conversationId: string): Attachments {
  const items = useSyncExternalStore(store.subscribe, () => store.of(conversationId));
  return useMemo(
    () => ({
      items,
      add: (files) => store.add(conversationId, files),
      addVoice: (file) => store.addVoice(conversationId, file),
      remove: (key) => store.remove(conversationId, key),
      retry: (key) => store.change(conversationId, key, { state: "waiting" }),
      caption: (key, caption) => store.change(conversationId, key, { caption }),
      release: (keys) => store.release(conversationId, keys),
    }),
    [conversationId, items],
  );
}
