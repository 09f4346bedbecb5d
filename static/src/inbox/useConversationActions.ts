import { useState } from "react";
import { useLocation } from "wouter";
import { useLock, useMarkPayment } from "../api/mutations";
import type { Conversation, Me } from "../api/types";
import { macroDialog } from "../quick/openMacros";
import { pathToWhy } from "../rules/address";
import { useMe } from "../session/MeContext";
import {
  mayAnswer,
  mayAskRules,
  mayDelete,
  mayFlag,
  mayHandOn,
  mayLock,
  mayMarkPayment,
  mayResolve,
  mayReview,
  mayTag,
  mayTake,
} from "./permissions";
import { isLocked } from "./preview";
import { useResolution } from "./useResolution";
import { useTake } from "./useTake";

/** The menus of the header and what they open; at most one is open. */
export type OpenMenu =
  | "assign"
  | "snooze"
  | "more"
  | "priority"
  | "handover"
  | "lock"
  | "flag"
  | "delete"
  | "tags"
  | null;

/** What this person may do with a conversation, by whichever way it is asked for. */
function offersOf(me: Me, conversation: Conversation) {
  const offers = {
    assign: mayHandOn(me, conversation) || mayTake(me, conversation),
    resolve: mayResolve(me, conversation),
    snooze: conversation.state !== "resolved" && mayResolve(me, conversation),
    priority: mayAnswer(me, conversation),
    macro: mayAnswer(me, conversation),
    handOver: mayHandOn(me, conversation),
    lock: mayLock(me, conversation),
    payment: mayMarkPayment(me, conversation),
    flag: mayFlag(me, conversation),
    delete: mayDelete(me, conversation),
    tags: mayTag(me, conversation),
    rules: mayAskRules(me),
  };
  const { priority, handOver, lock, payment, flag, rules } = offers;
  const inMenu = priority || handOver || lock || payment || flag || rules || offers.delete;
  return { ...offers, more: inMenu || mayReview(me, conversation) };
}

export type Offers = ReturnType<typeof offersOf>;

/** What was open over one conversation never springs up over another. */
function useMenuOf(id: string | null) {
  const [open, setOpen] = useState<{ id: string | null; menu: OpenMenu }>({ id: null, menu: null });
  const setMenu = (menu: OpenMenu) => setOpen({ id, menu });
  return { menu: open.id === id ? open.menu : null, setMenu };
}

/** What can be done with the open conversation, by button or key; nothing where it may not be. */
export function useConversationActions(current: Conversation | null) {
  const me = useMe();
  const take = useTake();
  const resolution = useResolution();
  const [, navigate] = useLocation();
  const { mutate: changeLock } = useLock();
  const { mutate: markPayment } = useMarkPayment();
  const { menu, setMenu } = useMenuOf(current?.id ?? null);
  const offers = current && offersOf(me, current);
  const locked = current !== null && isLocked(current, Date.now());
  const marked = current !== null && current.payment_marked_at !== null;

  /** Asked again when it is done: since it was offered, the conversation may be somebody else's. */
  const when = (deed: keyof Offers, run: (conversation: Conversation) => void) => () => {
    if (current && offers?.[deed]) run(current);
  };
  return {
    offers,
    locked,
    marked,
    assign: when("assign", (one) => (mayHandOn(me, one) ? setMenu("assign") : take(one))),
    resolveOrReopen: when("resolve", resolution),
    snooze: when("snooze", () => setMenu("snooze")),
    prioritise: when("priority", () => setMenu("priority")),
    handOver: when("handOver", () => setMenu("handover")),
    macro: when("macro", macroDialog.open),
    more: when("more", () => setMenu("more")),
    lock: when("lock", ({ id }) => (locked ? changeLock({ id, deed: "unlock" }) : setMenu("lock"))),
    markPayment: when("payment", ({ id }) => markPayment({ id, marked: !marked })),
    flag: when("flag", () => setMenu("flag")),
    tag: when("tags", () => setMenu("tags")),
    remove: when("delete", () => setMenu("delete")),
    askRules: when("rules", ({ id }) => navigate(pathToWhy(id))),
    header: { menu, onMenu: setMenu },
  };
}
