import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Where the caret is, and setting it after a text was put in. */
export function useCaret(field: RefObject<HTMLTextAreaElement | null>, text: string) {
  const [caret, setCaret] = useState(text.length);
  const wanted = useRef<number | null>(null);
  const follow = () => setCaret(field.current?.selectionStart ?? 0);
  const place = (at: number) => {
    wanted.current = at;
    setCaret(at);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: after the text is drawn, the caret can be set
  useLayoutEffect(() => {
    if (wanted.current === null || !field.current) return;
    field.current.focus();
    field.current.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  }, [text, caret]);
  return { caret, follow, place };
}
