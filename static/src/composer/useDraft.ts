import { useCallback, useEffect, useRef, useState } from "react";
import { draftOf, draftsOf, onAdopted, saveDraft, savesDrafts } from "./drafts";

const settleMs = 250;

/** The composer's text, kept as a draft a moment after each change and at once on leaving. */
export function useDraft(userId: number, conversationId: string) {
  const [text, setText] = useState(() => {
    draftsOf(userId);
    return draftOf(conversationId, userId);
  });
  const latest = useRef(text);
  // Another tab may have written since: only what was changed here is saved over it.
  const changed = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (!changed.current) return;
    changed.current = false;
    saveDraft(conversationId, latest.current, userId);
  }, [conversationId, userId]);
  const write = useCallback(
    (next: string) => {
      latest.current = next;
      changed.current = true;
      setText(next);
      clearTimeout(timer.current);
      // Sent or emptied: nothing may bring the old words back, not even a crash.
      if (next === "") save();
      else timer.current = setTimeout(save, settleMs);
    },
    [save],
  );
  useEffect(() => {
    const unsave = savesDrafts(save);
    const unhear = onAdopted((place, before, next) => {
      if (place !== conversationId || changed.current) return;
      if (latest.current.trim() !== before.trim()) return;
      latest.current = next;
      setText(next);
    });
    return () => {
      unsave();
      unhear();
    };
  }, [conversationId, save]);
  useEffect(() => {
    window.addEventListener("pagehide", save);
    return () => {
      window.removeEventListener("pagehide", save);
      save();
    };
  }, [save]);
  return [text, write] as const;
}
