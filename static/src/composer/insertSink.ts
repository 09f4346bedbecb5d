import { useEffect, useRef } from "react";
import type { CannedReply } from "../api/types";

type Insert = (reply: CannedReply) => void;

let sink: Insert | null = null;

/** Puts a canned reply into the composer of the open conversation, if there is one to write in; filled in as there. */
export function insertIntoComposer(reply: CannedReply): boolean {
  sink?.(reply);
  return sink !== null;
}

export function useInsertSink(insert: Insert): void {
  const latest = useRef(insert);
  latest.current = insert;
  useEffect(() => {
    const mine: Insert = (reply) => latest.current(reply);
    sink = mine;
    return () => {
      if (sink === mine) sink = null;
    };
  }, []);
}

export const canInsert = (): boolean => sink !== null;
