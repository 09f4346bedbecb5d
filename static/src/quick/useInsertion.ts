import { useCallback, useEffect, useState } from "react";
import type { CannedReply, Conversation } from "../api/types";
import { useMe } from "../session/MeContext";
import { filled, type Values, variablesIn } from "./fill";
import { usePrepared } from "./queries";
import { suggestedOf } from "./Suggestions";
import { forgetSource, keepSource, sourceOf } from "./sources";

interface Asked {
  reply: CannedReply;
  /** Puts the finished text where it was wanted. */
  put(text: string): void;
}

interface Parts {
  conversation: Conversation;
  text: string;
  /** Whether somebody looks for a reply right now. */
  looking: boolean;
  insert(text: string): void;
}

/** Canned replies on their way into the composer: filled in, asked for what is missing, and remembered for the count. */
export function useInsertion({ conversation, text, looking, insert }: Parts) {
  const waits = conversation.waiting_since !== null;
  const query = usePrepared(conversation, looking || waits);
  const prepared = query.data;
  const [asked, setAsked] = useState<Asked | null>(null);
  const { id: userId } = useMe();
  const { id: place } = conversation;
  const empty = text.trim() === "";
  const forget = useCallback(() => forgetSource(userId, place), [userId, place]);
  useEffect(() => {
    if (empty) forget();
  }, [empty, forget]);
  const put = (reply: CannedReply, values: Values, into: (text: string) => void) => {
    keepSource(userId, place, reply);
    into(filled(reply.text, values));
    setAsked(null);
  };
  const choose = (reply: CannedReply, into: (text: string) => void = insert) => {
    const known = prepared?.variables ?? [];
    const values = prepared?.values ?? {};
    const missing = variablesIn(reply.text, known).filter((name) => !values[name]);
    if (missing.length > 0) setAsked({ reply, put: into });
    else put(reply, values, into);
  };
  const chooseAt = (nth: number): boolean => {
    const { greeting, replies } = suggestedOf(prepared);
    if (text || !waits) return false;
    if (greeting && nth === 0) insert(greeting);
    else {
      const reply = replies[nth - (greeting ? 1 : 0)];
      if (!reply) return false;
      choose(reply);
    }
    return true;
  };
  return {
    query,
    prepared,
    asked,
    choose,
    chooseAt,
    answer: (values: Values) => asked && put(asked.reply, values, asked.put),
    giveUp: () => setAsked(null),
    /** What the text came from; nothing once it is gone. */
    source: empty ? null : sourceOf(userId, place),
    shown: waits && text === "" && prepared !== undefined,
    /** Variables that would leave in braces. */
    left: text.includes("{") ? variablesIn(text, prepared?.variables ?? FALLBACK) : [],
  };
}

/** Those there are, for a text that was written before anything was loaded. */
const FALLBACK = ["contact.name", "agent.name", "order.number", "tracking.number", "region.name"];

export type Insertion = ReturnType<typeof useInsertion>;
