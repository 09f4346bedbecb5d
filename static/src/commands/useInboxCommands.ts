import type { useConversationActions } from "../inbox/useConversationActions";
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
  macros(): void;
  toggleContact(): void;
  leave(): void;
}

/** What can be done in the inbox by a key: in its list, and with the open conversation. */
export function useInboxCommands(parts: InboxParts): void {
  const { list, selectedId, current, actions, move } = parts;
  const { selection, maySelect } = list;
  const moving: Command[] = [
    {
      id: "list.next",
      group: "list",
      words: "shortcuts.next",
      key: "j",
      keysOnly: true,
      run: () => move(1),
    },
    {
      id: "list.previous",
      group: "list",
      words: "shortcuts.previous",
      key: "k",
      keysOnly: true,
      run: () => move(-1),
    },
    {
      id: "list.close",
      group: "list",
      words: "shortcuts.close",
      key: "Escape",
      keysOnly: true,
      run: parts.leave,
    },
  ];
  const selecting: Command = {
    id: "list.select",
    group: "list",
    words: "shortcuts.select",
    key: "x",
    run: () => selectedId && selection.toggle(selectedId),
  };
  const deeds: Command[] = [
    {
      id: "conversation.assign",
      group: "conversation",
      words: "shortcuts.assign",
      also: ["take", "接手"],
      key: "a",
      run: actions.assign,
    },
    {
      id: "conversation.resolve",
      group: "conversation",
      words: "shortcuts.resolve",
      also: ["close", "done", "結案"],
      key: "e",
      run: actions.resolveOrReopen,
    },
    {
      id: "conversation.reply",
      group: "conversation",
      words: "shortcuts.reply",
      also: ["write", "answer"],
      key: "r",
      run: parts.reply,
    },
    {
      id: "conversation.snooze",
      group: "conversation",
      words: "shortcuts.snooze",
      also: ["later", "remind", "提醒"],
      key: "z",
      run: actions.snooze,
    },
    {
      id: "conversation.handover",
      group: "conversation",
      words: "shortcuts.handOver",
      also: ["hand over", "pass on", "交接"],
      key: "h",
      run: actions.handOver,
    },
    {
      id: "conversation.priority",
      group: "conversation",
      words: "shortcuts.priority",
      also: ["urgent", "緊急"],
      key: "p",
      run: actions.prioritise,
    },
    {
      id: "conversation.macro",
      group: "conversation",
      words: "shortcuts.macro",
      also: ["macro", "巨集"],
      key: "q",
      run: parts.macros,
    },
    {
      id: "conversation.more",
      group: "conversation",
      words: "shortcuts.more",
      also: ["lock", "payment", "delete", "鎖定", "付款", "刪除"],
      key: "m",
      run: actions.more,
    },
    {
      id: "conversation.contact",
      group: "conversation",
      words: "shortcuts.contact",
      also: ["card", "profile"],
      key: "i",
      run: parts.toggleContact,
    },
  ];
  useCommands([
    ...moving,
    ...(maySelect && selectedId ? [selecting] : []),
    ...(current ? deeds : []),
  ]);
}
