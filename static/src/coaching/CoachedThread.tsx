import { type ReactNode, useMemo } from "react";
import type { Coaching, Conversation } from "../api/types";
import { useMay } from "../session/MeContext";
import { CoachedContext, type Said } from "./context";
import { useCoachingOf } from "./queries";

function byMessage(coaching: Coaching | undefined): Map<string, Said> {
  const found = new Map<string, Said>();
  const of = (id: string) => {
    const said = found.get(id) ?? { held: null, remarks: [] };
    found.set(id, said);
    return said;
  };
  for (const held of coaching?.held ?? []) of(held.message.id).held = held;
  for (const remark of coaching?.remarks ?? []) of(remark.message_id).remarks.unshift(remark);
  return found;
}

interface ThreadProps {
  conversation: Conversation;
  children: ReactNode;
}

/** Brings what mentors and reviewers say of the messages to the bubbles. Observers are nobody's trainees. */
export function CoachedThread({ conversation, children }: ThreadProps) {
  const { data } = useCoachingOf(conversation.id, useMay("conversation.reply"));
  const said = useMemo(() => byMessage(data), [data]);
  return <CoachedContext value={said}>{children}</CoachedContext>;
}
