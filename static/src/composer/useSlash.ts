import { useCombobox } from "@mantine/core";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import type { CannedReply } from "../api/types";
import type { Insertion } from "../quick/useInsertion";
import { isComposing } from "./keys";
import { insertAt, matching, slashAt } from "./slash";

/** The "/" list of canned replies: opens while a slash word stands before the caret. */
export function useSlash(
  text: string,
  caret: number,
  onInsert: (text: string, caret: number) => void,
  insertion: Insertion,
) {
  const word = slashAt(text, caret);
  // Esc closes the list for this slash only; the next one opens it again.
  const [dismissed, setDismissed] = useState<number | null>(null);
  const opened = word !== null && word.start !== dismissed;
  const { prepared, query } = insertion;
  const wanted = opened ? word.query : null;
  const replies = useMemo(
    () => (wanted === null ? [] : matching(prepared?.results ?? [], wanted)),
    [prepared, wanted],
  );
  const loading = opened && query.isPending;
  const failed = query.isError && !query.data;
  const store = useCombobox({ opened });
  const [active, setActive] = useBestFit(store, opened, replies);
  useEffect(() => {
    if (word === null) setDismissed(null);
  }, [word]);

  const choose = (id: string) => {
    const reply = replies.find((candidate: CannedReply) => candidate.id === id);
    if (!reply || !word) return;
    setDismissed(null);
    insertion.choose(reply, (words) => {
      const done = insertAt(text, word, words);
      onInsert(done.text, done.caret);
    });
  };

  /** True when the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!opened || isComposing(event)) return false;
    if (event.key === "Escape") setDismissed(word.start);
    else if (replies.length === 0) return false;
    else if (event.key === "ArrowDown") setActive(store.selectNextOption());
    else if (event.key === "ArrowUp") setActive(store.selectPreviousOption());
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      store.clickSelectedOption();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  // A textarea may not be a combobox: it stays a text box that owns a list for the moment.
  const aria = {
    "aria-haspopup": "listbox" as const,
    "aria-controls": opened ? (store.listId ?? undefined) : undefined,
    "aria-activedescendant": opened ? (active ?? undefined) : undefined,
  };
  return { store, replies, loading, failed, choose, onKeyDown, aria };
}

/** The line that Enter takes. */
function useBestFit(
  store: ReturnType<typeof useCombobox>,
  opened: boolean,
  replies: readonly CannedReply[],
) {
  const [active, setActive] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the best fit is chosen anew whenever the list changes
  useEffect(() => {
    if (opened && replies.length > 0) setActive(store.selectFirstOption());
    else {
      store.resetSelectedOption();
      setActive(null);
    }
  }, [opened, replies]);
  return [active, setActive] as const;
}
