import { useEffect, useRef } from "react";

type Insert = (text: string) => void;

let sink: Insert | null = null;

/** Puts words into the composer of the open conversation, if there is one to write in. */
export function insertIntoComposer(text: string): boolean {
  sink?.(text);
  return sink !== null;
}

export function useInsertSink(insert: Insert): void {
  const latest = useRef(insert);
  latest.current = insert;
  useEffect(() => {
    const mine: Insert = (text) => latest.current(text);
    sink = mine;
    return () => {
      if (sink === mine) sink = null;
    };
  }, []);
}

export const canInsert = (): boolean => sink !== null;
