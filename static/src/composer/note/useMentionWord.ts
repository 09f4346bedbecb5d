import { useCombobox } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Mentionable } from "../../api/types";
import { useMentionable } from "../../thread/asides/queries";
import { atWord, matchingNames } from "../../thread/asides/tokens";
import { isComposing } from "../keys";

const SHOWN = 8;

export function keyOf({ kind, id }: Pick<Mentionable, "kind" | "id">): string {
  return `${kind}:${id}`;
}

/** The "@" list: opens while an "@word" stands before the caret, and holds who sees the conversation. */
export function useMentionWord(
  conversationId: string,
  text: string,
  caret: number,
  onInsert: (text: string, caret: number) => void,
) {
  const word = atWord(text, caret);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const query = useMentionable(conversationId, word !== null || text.includes("@"));
  const named = query.data ?? [];
  const found = word ? matchingNames(named, word.query).slice(0, SHOWN) : [];
  // After a name and a space, further words are text unless they go on naming somebody.
  const over = word?.query.includes(" ") && found.length === 0;
  const opened = word !== null && !over && word.start !== dismissed;
  const store = useCombobox({ opened });
  const [active, setActive] = useState<string | null>(null);
  const chosen = useRef<Mentionable[]>([]);
  const shown = found.map(keyOf).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the best fit is chosen anew whenever the list changes
  useEffect(() => {
    if (opened && shown) setActive(store.selectFirstOption());
    else setActive(null);
  }, [opened, shown]);
  useEffect(() => {
    if (word === null) setDismissed(null);
  }, [word]);

  const choose = (key: string) => {
    const one = found.find((candidate) => keyOf(candidate) === key);
    if (!one || !word) return;
    chosen.current = [one, ...chosen.current];
    const before = `${text.slice(0, word.start)}@${one.name} `;
    // The list does not come up again for what was just chosen.
    setDismissed(word.start);
    onInsert(before + text.slice(word.end), before.length);
  };

  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!opened || isComposing(event)) return false;
    if (event.key === "Escape") setDismissed(word.start);
    else if (found.length === 0) return false;
    else if (event.key === "ArrowDown") setActive(store.selectNextOption());
    else if (event.key === "ArrowUp") setActive(store.selectPreviousOption());
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      store.clickSelectedOption();
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria = {
    "aria-haspopup": "listbox" as const,
    "aria-controls": opened ? (store.listId ?? undefined) : undefined,
    "aria-activedescendant": opened ? (active ?? undefined) : undefined,
  };
  const loading = query.isPending && opened;
  return { store, found, named, loading, choose, onKeyDown, aria, chosen: () => chosen.current };
}
