import { useCallback, useMemo, useRef, useState } from "react";
import type { Conversation } from "../api/types";

export interface Selection {
  ids: ReadonlySet<string>;
  /** `range`: with all rows between this one and the one chosen before. */
  toggle: (id: string, range?: boolean) => void;
  all: () => void;
  clear: () => void;
}

/** The rows chosen for doing something to all of them; what left the list is not among them. */
export function useSelection(rows: Conversation[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const anchor = useRef<string | null>(null);
  const ids = useMemo(() => {
    if (chosen.size === 0) return chosen;
    return new Set(rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id));
  }, [rows, chosen]);
  const toggle = useCallback(
    (id: string, range = false) => {
      const picked = range && anchor.current ? between(rows, anchor.current, id) : [id];
      anchor.current = id;
      setChosen((before) => {
        const next = new Set(before);
        const taken = before.has(id) && !range;
        for (const one of picked) taken ? next.delete(one) : next.add(one);
        return next;
      });
    },
    [rows],
  );
  const all = useCallback(() => setChosen(new Set(rows.map(({ id }) => id))), [rows]);
  const clear = useCallback(() => setChosen(new Set()), []);
  return useMemo(() => ({ ids, toggle, all, clear }), [ids, toggle, all, clear]);
}

function between(rows: Conversation[], from: string, to: string): string[] {
  const places = [from, to].map((id) => rows.findIndex((row) => row.id === id));
  if (places.includes(-1)) return [to];
  return rows.slice(Math.min(...places), Math.max(...places) + 1).map(({ id }) => id);
}
