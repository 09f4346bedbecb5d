import { useTranslation } from "react-i18next";
import { useRoute } from "wouter";
import { useAssign, useSetPriority } from "../api/mutations";
import { useAssignees, useConversation } from "../api/queries";
import type { Conversation, Me } from "../api/types";
import { canInsert, insertIntoComposer } from "../composer/insertSink";
import { mayAnswer, mayHandOn, mayResolve } from "../inbox/permissions";
import { presets } from "../inbox/snoozeTimes";
import { PRIORITIES } from "../inbox/standing/priorities";
import { useSnoozing } from "../inbox/standing/useSnoozing";
import { usePrepared } from "../quick/queries";
import { useMe } from "../session/MeContext";
import "../inbox/togetherWords";
import type { Command } from "./registry";
import { useTagDeeds } from "./useTagDeeds";

/** The open conversation, as the address says. */
export function useOpenConversation(): Conversation | null {
  const [, params] = useRoute("/inbox/:view/:conversationId?");
  return useConversation(params?.conversationId ?? null).data ?? null;
}

const NOTHING: Conversation = {
  id: "",
  contact: { name: "" },
  snooze: null,
  inbound_count: 0,
} as Conversation;

/** What only the palette offers, as it is too much for keys: to whom, until when, how urgent, which reply, which tag. */
export function useDeeds(conversation: Conversation | null): Command[] {
  const me = useMe();
  const assign = useAssigning(me, conversation);
  const aside = useAside(me, conversation);
  const priority = usePriority(me, conversation);
  const canned = useCanned(conversation);
  const tags = useTagDeeds(conversation);
  return [...assign, ...aside, ...priority, ...canned, ...tags];
}

function useAssigning(me: Me, conversation: Conversation | null): Command[] {
  const { t } = useTranslation();
  const may = conversation !== null && mayHandOn(me, conversation);
  const { data } = useAssignees(conversation?.id ?? "", may);
  const { mutate } = useAssign();
  if (!conversation || !may) return [];
  return (data?.people ?? []).map((person) => ({
    id: `assign.${person.id}`,
    group: "person",
    words: "",
    name: t("commands.assignTo", { name: person.name }),
    also: [person.name, "assign", "指派"],
    run: () => mutate({ id: conversation.id, assignee: { id: person.id, name: person.name } }),
  }));
}

function useAside(me: Me, conversation: Conversation | null): Command[] {
  const { t } = useTranslation();
  const { snooze, wake } = useSnoozing(conversation ?? NOTHING);
  if (!conversation || conversation.state === "resolved" || !mayResolve(me, conversation))
    return [];
  const times = presets(Date.now(), me.time_zone).map(
    ({ name, at }): Command => ({
      id: `snooze.${name}`,
      group: "conversation",
      words: "",
      name: t("commands.snoozeUntil", { name: t(`together.snooze.preset.${name}`) }),
      also: ["snooze", "later", "稍後", "提醒"],
      run: () => snooze({ until: at }),
    }),
  );
  const back: Command = {
    id: "snooze.wake",
    group: "conversation",
    words: "together.snooze.wake",
    run: wake,
  };
  return conversation.state === "snoozed" ? [back, ...times] : times;
}

function usePriority(me: Me, conversation: Conversation | null): Command[] {
  const { t } = useTranslation();
  const { mutate } = useSetPriority();
  if (!conversation || !mayAnswer(me, conversation)) return [];
  return PRIORITIES.filter((priority) => priority !== conversation.priority).map((priority) => ({
    id: `priority.${priority}`,
    group: "conversation",
    words: "",
    name: t("commands.priorityTo", { name: t(`inbox.priority.${priority}`) }),
    also: [`priority ${priority}`, "優先"],
    run: () => mutate({ id: conversation.id, priority }),
  }));
}

function useCanned(conversation: Conversation | null): Command[] {
  const { t } = useTranslation();
  const { data } = usePrepared(conversation ?? NOTHING, conversation !== null && canInsert());
  return (data?.results ?? []).map((reply) => ({
    id: `canned.${reply.id}`,
    group: "canned",
    words: "",
    name: t("commands.insert", { name: reply.shortcut }),
    also: [reply.title, reply.shortcut, reply.text],
    run: () => void insertIntoComposer(reply),
  }));
}
