import type { Conversation, Me } from "../api/types";

// What the header offers. The server decides; this only spares people buttons that would be refused.

/** Somebody else has locked it: for reading only, for now. */
export function isLockedAgainst(me: Me, { lock }: Conversation): boolean {
  return lock !== null && lock.by?.id !== me.id && Date.parse(lock.until) > Date.now();
}

function holds(me: Me, permission: string): boolean {
  return me.permissions.includes(permission);
}

/** Nobody's or one's own; from senior on, anyone's; of what one has locked oneself, anyone's too. */
export function isMineToAnswer(me: Me, conversation: Conversation): boolean {
  if (isLockedAgainst(me, conversation)) return false;
  if (conversation.lock?.by?.id === me.id) return true;
  if (holds(me, "conversation.assign")) return true;
  return conversation.assignee === null || conversation.assignee.id === me.id;
}

/** Seniors hand on anything; an agent hands on, or puts back, what is theirs. */
export function mayHandOn(me: Me, conversation: Conversation): boolean {
  if (isLockedAgainst(me, conversation)) return false;
  if (holds(me, "conversation.assign")) return true;
  return holds(me, "conversation.take") && conversation.assignee?.id === me.id;
}

export function mayTake(me: Me, conversation: Conversation): boolean {
  if (conversation.assignee?.id === me.id || isLockedAgainst(me, conversation)) return false;
  if (holds(me, "conversation.assign")) return true;
  return holds(me, "conversation.take") && conversation.assignee === null;
}

export function mayResolve(me: Me, conversation: Conversation): boolean {
  return holds(me, "conversation.resolve") && isMineToAnswer(me, conversation);
}

/** May write to the customer here, and do what goes with it (macros, priority). */
export function mayAnswer(me: Me, conversation: Conversation): boolean {
  return holds(me, "conversation.reply") && isMineToAnswer(me, conversation);
}

export function mayLock(me: Me, conversation: Conversation): boolean {
  return holds(me, "conversation.lock") && !isLockedAgainst(me, conversation);
}

export function mayMarkPayment(me: Me, conversation: Conversation): boolean {
  return holds(me, "payment.mark") && !isLockedAgainst(me, conversation);
}

/** A lock keeps nobody from saying that it is risky. */
export function mayFlag(me: Me, { risk }: Conversation): boolean {
  return holds(me, "risk.flag") && risk === null;
}

export function mayDelete(me: Me, conversation: Conversation): boolean {
  return holds(me, "conversation.delete") && !isLockedAgainst(me, conversation);
}

export function mayTag(me: Me, conversation: Conversation): boolean {
  return holds(me, "tag.apply") && !isLockedAgainst(me, conversation);
}

/** What rules did in a conversation is asked by whoever sees it, locked or not. */
export function mayAskRules(me: Me): boolean {
  return holds(me, "rule.see");
}

export function mayReview(me: Me, conversation: Conversation): boolean {
  return (
    holds(me, "case.review") &&
    conversation.state === "resolved" &&
    !isLockedAgainst(me, conversation)
  );
}
