/** Where it is told what rules did in a conversation; of one rule, why it did or did not. */
export function pathToWhy(conversationId: string, ruleId?: string): string {
  const asked = new URLSearchParams({ conversation: conversationId });
  if (ruleId) asked.set("rule", ruleId);
  return `/settings/rules?${asked}`;
}
