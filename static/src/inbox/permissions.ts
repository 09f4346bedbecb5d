import type { Conversation, Me } from "../api/types";

// What the header offers. The server decides; this only spares people buttons that would be refused.

function holds(me: Me, permission: string): boolean {
  return me.permissions.includes(permission);
}

/** Nobody's or one's own; from senior on, anyone's. */
export function isMineToAnswer(me: Me, conversation: Conversation): boolean {
  if (holds(me, "conversation.assign")) return true;
  return conversation.assignee === null || conversation.assignee.id === me.id;
}

/** Seniors hand on anything; an agent hands on, or puts back, what is theirs. */
export function mayHandOn(me: Me, conversation: Conversation): boolean {
  if (holds(me, "conversation.assign")) return true;
  return holds(me, "conversation.take") && conversation.assignee?.id === me.id;
}

export function mayTake(me: Me, conversation: Conversation): boolean {
  if (conversation.assignee?.id === me.id) return false;
  if (holds(me, "conversation.assign")) return true;
  return holds(me, "conversation.take") && conversation.assignee === null;
}

export function mayResolve(me: Me, conversation: Conversation): boolean {
  return holds(me, "conversation.resolve") && isMineToAnswer(me, conversation);
}
