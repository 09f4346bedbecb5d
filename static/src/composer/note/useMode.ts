import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../../components/toasts";
import { useMe } from "../../session/MeContext";
import type { ComposerHandle } from "../ComposerInput";
import { draftOf, saveDraft } from "../drafts";
import type { Mode } from "./ModeBar";
import { noteOf } from "./useNote";

/** To whom one writes: an answer at first, always, so that no note goes where an answer was meant. */
export function useMode(conversationId: string, composer: RefObject<ComposerHandle | null>) {
  const { t } = useTranslation();
  const { id: userId } = useMe();
  const [mode, setMode] = useState<Mode>("reply");
  const [turns, setTurns] = useState(0);
  /** What is to be done once the other place to write is there. */
  const next = useRef<(() => void) | null>(null);
  const turn = useCallback((to: Mode) => {
    setMode(to);
    setTurns((count) => count + 1);
  }, []);
  const choose = (to: Mode) => {
    // An answer that waits for its files leaves from its own place.
    if (composer.current?.isArmed()) notifyDone(t("composer.armed"));
    else turn(to);
  };
  const answering = (then: () => void) => {
    if (mode === "reply") return then();
    next.current = then;
    turn("reply");
  };
  useEffect(() => {
    if (turns > 0) composer.current?.focus();
    next.current?.();
    next.current = null;
  }, [turns, composer]);
  /** Words meant for the customer become a note's draft, behind what is there already. */
  const writeNote = (words: string) => {
    const place = noteOf(conversationId);
    const kept = draftOf(place, userId);
    saveDraft(place, kept ? `${kept}\n${words}` : words, userId);
    turn("note");
  };
  /** The same of an answer's draft that nobody has open. */
  const keptAsNote = (words: string) => {
    saveDraft(conversationId, "", userId);
    writeNote(words);
  };
  return { mode, setMode: choose, turns, answering, writeNote, keptAsNote };
}
