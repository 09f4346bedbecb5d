import { useState } from "react";
import type { Conversation } from "../api/types";
import { useMe } from "../session/MeContext";
import { mayHandOn, mayResolve, mayTake } from "./permissions";
import { useResolution } from "./useResolution";
import { useTake } from "./useTake";

/** What can be done with the open conversation, by button or key; nothing where it may not be. */
export function useConversationActions(current: Conversation | null) {
  const me = useMe();
  const take = useTake();
  const resolution = useResolution();
  const [assignOpened, setAssignOpened] = useState(false);

  const assign = () => {
    if (!current) return;
    if (mayHandOn(me, current)) setAssignOpened(true);
    else if (mayTake(me, current)) take(current);
  };
  const resolveOrReopen = () => {
    if (current && mayResolve(me, current)) resolution(current);
  };
  return { assign, assignOpened, setAssignOpened, resolveOrReopen };
}
