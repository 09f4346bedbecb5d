import type { Offers, useConversationActions } from "../inbox/useConversationActions";
import type { InboxList } from "../inbox/useInboxList";
import { type Command, useCommands } from "./registry";

interface InboxParts {
  list: InboxList;
  selectedId: string | null;
  /** Whether the conversation is there to do something with. */
  current: boolean;
  actions: ReturnType<typeof useConversationActions>;
  move(step: 1 | -1): void;
  reply(): void;
  toggleContact(): void;
  leave(): void;
}

type Deed = readonly [name: string, key: string, also: readonly string[], run: () => void];
type Offered = readonly [offer: keyof Offers | null, ...Deed];

/** Only what this person may do here: a key that does nothing is in no list. */
function conversationCommands({ actions, reply, toggleContact }: InboxParts): Command[] {
  const offered: readonly Offered[] = [
    ["assign", "assign", "a", ["take", "接手"], actions.assign],
    ["resolve", "resolve", "e", ["close", "done", "結案"], actions.resolveOrReopen],
    [null, "reply", "r", ["write", "answer"], reply],
    ["snooze", "snooze", "z", ["later", "remind", "提醒"], actions.snooze],
    ["priority", "priority", "p", ["urgent", "緊急"], actions.prioritise],
    ["handOver", "handOver", "h", ["hand over", "pass on", "交接"], actions.handOver],
    ["macro", "macro", "m", ["macros", "steps", "巨集"], actions.macro],
    ["tags", "tags", "t", ["label", "標籤"], actions.tag],
    ["more", "more", "o", ["menu", "選單"], actions.more],
    [null, "contact", "i", ["card", "profile"], toggleContact],
  ];
  return offered
    .filter(([offer]) => offer === null || actions.offers?.[offer])
    .map(([, name, key, also, run]) => ({
      id: `conversation.${name}`,
      group: "conversation",
      words: `shortcuts.${name}`,
      also,
      key,
      run,
    }));
}

/** What is done less often has no key of its own, but a name. */
function rareCommands({ actions }: InboxParts): Command[] {
  const { locked, marked } = actions;
  const lock = locked ? "together.lock.release" : "together.lock.do";
  const payment = marked ? "inbox.payment.unmark" : "inbox.payment.mark";
  const rare: readonly (readonly [keyof Offers, string, readonly string[], () => void])[] = [
    ["lock", lock, ["lock", "unlock", "鎖定", "解鎖"], actions.lock],
    ["payment", payment, ["payment", "finance", "付款", "財務"], actions.markPayment],
    ["flag", "together.flag", ["risk", "fraud", "風險", "詐騙"], actions.flag],
    ["rules", "together.rules", ["rule", "why", "規則", "為什麼", "原因"], actions.askRules],
    ["delete", "together.delete", ["bin", "trash", "刪除", "回收桶"], actions.remove],
  ];
  return rare
    .filter(([offer]) => actions.offers?.[offer])
    .map(([offer, words, also, run]) => ({
      id: `conversation.${offer}.${words}`,
      group: "conversation",
      words,
      also,
      run,
    }));
}

function listCommands({ list, selectedId, move, leave }: InboxParts): Command[] {
  const keys: readonly Deed[] = [
    ["next", "j", [], () => move(1)],
    ["previous", "k", [], () => move(-1)],
    ["close", "Escape", [], leave],
  ];
  const moving = keys.map(
    ([name, key, , run]): Command => ({
      id: `list.${name}`,
      group: "list",
      words: `shortcuts.${name}`,
      key,
      keysOnly: true,
      run,
    }),
  );
  if (!list.maySelect || selectedId === null) return moving;
  const select = () => list.selection.toggle(selectedId);
  return [
    ...moving,
    { id: "list.select", group: "list", words: "shortcuts.select", key: "x", run: select },
  ];
}

/** What can be done in the inbox by a key: in its list, and with the open conversation. */
export function useInboxCommands(parts: InboxParts): void {
  const ofConversation = parts.current
    ? [...conversationCommands(parts), ...rareCommands(parts)]
    : [];
  useCommands([...listCommands(parts), ...ofConversation]);
}
