import type { KeyboardEvent } from "react";

/**
 * True while an input method builds a word: Enter then picks a candidate and must not send.
 * Safari ends the composition before the key event and tells it only by keyCode 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}

/** On a phone Enter makes a new line, as in WhatsApp itself; the button sends. */
function hasTouchKeyboard(): boolean {
  return window.matchMedia("(pointer: coarse) and (hover: none)").matches;
}

/** Enter sends; Shift+Enter, Alt+Enter, a composing Enter and that of a phone do not. */
export function isSendKey(event: KeyboardEvent): boolean {
  const plain = event.key === "Enter" && !event.shiftKey && !event.altKey;
  return plain && !isComposing(event) && !hasTouchKeyboard();
}
