// How many of our answers somebody knew of when they began to write: what they send is stopped when a colleague has
// answered since. Kept beside the draft, so that a reload forgets neither.

const PREFIX = "kefu.draft";

function keyOf(userId: number, conversationId: string): string {
  return `${PREFIX}.${userId}.${conversationId}#answers`;
}

/** They know of these now. */
export function beginAnswer(userId: number, conversationId: string, answers: number): void {
  try {
    localStorage.setItem(keyOf(userId, conversationId), String(answers));
  } catch {
    // Without storage it is what is known at the moment of sending.
  }
}

/** There is something to send, however it came here: what is known of it already stays. */
export function beganAnswer(userId: number, conversationId: string, answers: number): void {
  if (localStorage.getItem(keyOf(userId, conversationId)) === null) {
    beginAnswer(userId, conversationId, answers);
  }
}

/** It was sent or thrown away. */
export function endAnswer(userId: number, conversationId: string): void {
  localStorage.removeItem(keyOf(userId, conversationId));
}

/** What the writer knew of: since the draft was begun, else now. */
export function answersSeen(userId: number, conversationId: string, now: number): number {
  const kept = localStorage.getItem(keyOf(userId, conversationId));
  return kept === null ? now : Math.min(Number(kept), now);
}
