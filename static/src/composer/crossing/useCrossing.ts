import { type RefObject, useRef, useState, useSyncExternalStore } from "react";
import { CROSSED } from "../../api/client";
import type { Conversation, Message } from "../../api/types";
import { useMe } from "../../session/MeContext";
import { company } from "../../stream/company";
import { outbox } from "../../thread/outbox";
import type { Waiting } from "../../thread/waiting";
import type { ComposerHandle } from "../ComposerInput";
import { answersSeen, beginAnswer } from "./answersSeen";
import { answersSince } from "./answersSince";

const SHOWN = 3;

export interface Crossing {
  /** What colleagues have answered since, as far as it is loaded. */
  answers: Message[];
  typists: string[];
  /** One's own words; empty for files. */
  words: string;
  anyway(): void;
  asDraft(): void;
  /** Null where there are no words to make a note of. */
  asNote: (() => void) | null;
}

interface Parts {
  conversation: Conversation;
  messages: readonly Message[];
  composer: RefObject<ComposerHandle | null>;
  onNote(words: string): void;
}

interface Stopped {
  words: string;
  answers: Message[];
  typists: string[];
  go(): void;
  drop(): void;
}

/** True: what was written crosses a colleague's answer, and is asked about; `go` lets it leave, `drop` throws it away. */
export type Stops = (words: string, go: () => void, drop: () => void) => boolean;

/** Stops an answer that crosses a colleague's: before it leaves, and when the server says so. */
export function useCrossing({ conversation, messages, composer, onNote }: Parts) {
  const me = useMe();
  const [stopped, setStopped] = useState<Stopped | null>(null);
  const [put, setPut] = useState<ReadonlySet<string>>(new Set());
  const asked = useRef(new Set<string>());
  const { id, answer_count: now } = conversation;
  const waiting = useSyncExternalStore(outbox.subscribe, () => outbox.of(id));
  const refused = waiting.find(({ ref, error }) => error?.code === CROSSED && !put.has(ref));
  const since = (seen: number) => answersSince(messages, now - seen, me.id).slice(-SHOWN);

  const stops: Stops = (words, go, drop) => {
    const answers = since(answersSeen(me.id, id, now));
    const typists = company.present().flatMap(({ typing, name }) => (typing ? [name] : []));
    // Whoever was asked about somebody's typing knows of it.
    const unknown = typists.filter((name) => !asked.current.has(name));
    if (answers.length + unknown.length === 0) {
      asked.current.clear(); // it leaves: the next one is asked about anew
      return false;
    }
    setStopped({ words, answers, typists, go, drop });
    return true;
  };
  /** They know now: only what comes after is asked about again. */
  const known = ({ typists }: Stopped) => {
    beginAnswer(me.id, id, now);
    for (const name of typists) asked.current.add(name);
    setStopped(null);
  };
  const makeNote = (words: string, letGo: () => void) => {
    letGo();
    onNote(words);
  };
  const ofRefused = (one: Waiting): Crossing => {
    const words = one.body.type === "text" ? (one.content.text ?? "") : "";
    const drop = () => outbox.discard(id, one.ref);
    return {
      words,
      answers: since(one.body.answers_seen ?? now),
      typists: [],
      anyway: () => outbox.sendKnowing(id, CROSSED, now),
      asDraft: () => {
        // Where other words are being written, it stays as it is: unsent, in the thread.
        if (words && composer.current?.takeBack(words, null)) drop();
        else setPut((before) => new Set(before).add(one.ref));
      },
      asNote: words ? () => makeNote(words, drop) : null,
    };
  };
  /** Of what was refused for a colleague's answer: true, and it is asked about again. */
  const asks = ({ error, client_ref: again }: Message): boolean => {
    if (error?.code !== CROSSED || !again) return false;
    setPut((before) => new Set([...before].filter((one) => one !== again)));
    return true;
  };
  const forget = () => asked.current.clear();
  const before = stopped && ofStopped(stopped, known, makeNote, forget);
  const crossing = before ?? (refused ? ofRefused(refused) : null);
  return { crossing, stops, asks };
}

/** What one can do with words that were stopped before they left. */
function ofStopped(
  one: Stopped,
  known: (one: Stopped) => void,
  makeNote: (words: string, letGo: () => void) => void,
  forget: () => void,
): Crossing {
  return {
    ...one,
    anyway: () => {
      known(one);
      one.go();
      forget();
    },
    asDraft: () => known(one),
    asNote: one.words
      ? () => {
          known(one);
          makeNote(one.words, one.drop);
        }
      : null,
  };
}
