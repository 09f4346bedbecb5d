import { type RefObject, useEffect, useState } from "react";
import type { ListHandle } from "./list/MessageList";

const AIM = /^#(note|m)-([0-9a-f-]{36})$/;
const MOVED = ["popstate", "pushState", "replaceState", "hashchange"] as const;

function aimOf(hash: string): { kind: string; id: string } | null {
  const found = AIM.exec(hash);
  return found ? { kind: found[1] as string, id: found[2] as string } : null;
}

/** A notification leads to one message (`#m-…`) or one note (`#note-…`) of the thread; once there, the address is plain. */
export function useAim(
  rows: readonly unknown[],
  list: RefObject<ListHandle | null>,
  jumpTo: (id: string) => void,
): void {
  const [hash, setHash] = useState(() => location.hash);
  useEffect(() => {
    const moved = () => setHash(location.hash);
    for (const name of MOVED) window.addEventListener(name, moved);
    return () => {
      for (const name of MOVED) window.removeEventListener(name, moved);
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again with each new set of rows
  useEffect(() => {
    const aim = aimOf(hash);
    if (!aim) return;
    const there = () => history.replaceState(history.state, "", location.pathname);
    if (aim.kind === "m") {
      jumpTo(aim.id);
      there();
    } else if (list.current?.toMessage(`note:${aim.id}`)) there();
  }, [hash, rows]);
}
