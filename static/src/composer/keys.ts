import type { KeyboardEvent } from "react";

/**
 * True while an input method builds a word: Enter then picks a candidate and must not send.
 * Safari ends the composition before the key event and tells it only by keyCode 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** Enter sends; Shift+Enter, Alt+Enter and a composing Enter do not. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing(event);
}
