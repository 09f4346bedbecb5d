import { useState } from "react";
import type { Conversation } from "../api/types";
import { useMe } from "../session/MeContext";
import { isMineToAnswer, mayHandOn, mayResolve, mayTake } from "./permissions";
import { useResolution } from "./useResolution";
import { useTake } from "./useTake";

/** The menus of the header; at most one is open. */
export type OpenMenu = "assign" | "snooze" | "more" | "priority" | "handover" | null;

/** What can be done with the open conversation, by button or key; nothing where it may not be. */
export function useConversationActions(current: Conversation | null) {
  const me = useMe();
  const take = useTake();
  const resolution = useResolution();
  const [menu, setMenu] = useState<OpenMenu>(null);

  const assign = () => {
    if (!current) return;
    if (mayHandOn(me, current)) setMenu("assign");
    else if (mayTake(me, current)) take(current);
  };
  const resolveOrReopen = () => {
    if (current && mayResolve(me, current)) resolution(current);
  };
  const snooze = () => {
    if (current && current.state !== "resolved" && mayResolve(me, current)) setMenu("snooze");
  };
  const prioritise = () => {
    if (current && isMineToAnswer(me, current)) setMenu("priority");
  };
  const handOver = () => {
    if (current && mayHandOn(me, current)) setMenu("handover");
  };
  return {
    handOver,
    assign,
    resolveOrReopen,
    snooze,
    prioritise,
    header: { menu, onMenu: setMenu },
  };
}
