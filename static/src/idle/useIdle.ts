import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client";
import { keys } from "../api/keys";
import { useSession } from "../api/queries";
import { type Idle, IdleWatch } from "./IdleWatch";

const DEEDS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
const ONCE_IN_MS = 1000;

/** Seconds until the person is signed out for doing nothing, once they are to be warned; and how to stay. */
export function useIdle(): { left: number | null; stay: () => void } {
  const client = useQueryClient();
  const idle = useSession().data?.idle ?? null;
  const [left, setLeft] = useState<number | null>(null);
  const watch = useRef<IdleWatch | null>(null);
  useEffect(() => {
    if (!idle) return;
    const begun = new IdleWatch(idle, {
      onLeft: setLeft,
      // What it answers is shown: nobody is signed in any more, or another browser of theirs kept the session alive.
      onOver: () => void client.invalidateQueries({ queryKey: keys.session }),
      report: (idle_seconds) => api.post<Idle>("session/alive", { idle_seconds }),
    });
    watch.current = begun;
    begun.start();
    const unwatch = whenSomebodyMoves(begun.moved);
    return () => {
      unwatch();
      begun.stop();
      watch.current = null;
      setLeft(null);
    };
  }, [client, idle]);
  return { left, stay: () => watch.current?.stay() };
}

/** What a person does themselves, not what a script does in their name. */
function whenSomebodyMoves(tell: () => void): () => void {
  let last = 0;
  const noticed = (event: Event) => {
    const now = Date.now();
    if (!event.isTrusted || now - last < ONCE_IN_MS) return;
    last = now;
    tell();
  };
  const how = { capture: true, passive: true };
  for (const deed of DEEDS) window.addEventListener(deed, noticed, how);
  return () => {
    for (const deed of DEEDS) window.removeEventListener(deed, noticed, how);
  };
}
