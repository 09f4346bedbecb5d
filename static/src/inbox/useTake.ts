import { useAssign } from "../api/mutations";
import type { Conversation } from "../api/types";
import { useMe } from "../session/MeContext";

/** Gives a conversation to oneself. */
export function useTake(): (conversation: Conversation) => void {
  const me = useMe();
  const assign = useAssign();
  return ({ id }) => assign.mutate({ id, assignee: { id: me.id, name: me.name } });
}
