import { type KeyboardEvent, useEffect, useRef } from "react";

interface LateEnter {
  /** The answer to what was sent before is awaited: the button is off, and the browser sends nothing by Enter. */
  busy: boolean;
  /** It was refused, and what stands in the form now is something else. */
  changed: boolean;
  send: () => void;
}

/** Enter pressed while the answer is awaited counts when it is there, if something else was typed since. */
export function useLateEnter({ busy, changed, send }: LateEnter) {
  const wanted = useRef(false);
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    if (busy || !wanted.current) return;
    wanted.current = false;
    if (changed) latest.current();
  }, [busy, changed]);
  const again = () => {
    wanted.current = true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (busy && event.key === "Enter") again();
  };
  return { onKeyDown, again };
}
