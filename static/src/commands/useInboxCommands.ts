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

type Deed = readonly [name: string, key: string, also: readonly string[], run: () => void];

function conversationCommands({ actions, reply, macros, toggleContact }: InboxParts): Command[] {
  const deeds: readonly Deed[] = [
    ["assign", "a", ["take", "接手"], actions.assign],
    ["resolve", "e", ["close", "done", "結案"], actions.resolveOrReopen],
    ["reply", "r", ["write", "answer"], reply],
    ["snooze", "z", ["later", "remind", "提醒"], actions.snooze],
    ["priority", "p", ["urgent", "緊急"], actions.prioritise],
    ["handOver", "h", ["hand over", "pass on", "交接"], actions.handOver],
    ["macro", "m", ["macros", "steps", "巨集"], macros],
    ["more", "o", ["lock", "payment", "delete", "鎖定", "付款", "刪除"], actions.more],
    ["contact", "i", ["card", "profile"], toggleContact],
  ];
  return deeds.map(([name, key, also, run]) => ({
    id: `conversation.${name}`,
    group: "conversation",
    words: `shortcuts.${name}`,
    also,
    key,
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
  useCommands([...listCommands(parts), ...(parts.current ? conversationCommands(parts) : [])]);
}
