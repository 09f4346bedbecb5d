import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useSyncExternalStore } from "react";
import { keys } from "../api/keys";
import { sessionQuery } from "../api/queries";
import type { Message } from "../api/types";
import { useMe } from "../session/MeContext";
import { applyMessage } from "../stream/applyMessage";
import { useStream, useStreamEvents } from "../stream/StreamProvider";
import { outbox } from "./outbox";

/** After these the conversation or its channel is not what this tab believed it to be. */
const outdated = new Set([
  "window_closed",
  "channel_paused",
  "not_allowed",
  "not_found",
  "answered_meanwhile",
]);

/** A request can fail while the stream stays: no reconnection will tell when to try again. */
const AGAIN_MS = 10_000;

/** Messages leave as long as this is mounted, under the name of whoever is signed in. */
export function useCarrier(): void {
  const client = useQueryClient();
  const { id: userId } = useMe();
  useEffect(
    () =>
      outbox.open({
        userId,
        sent: (message) => applyMessage(client, message),
        refused: ({ conversationId }, { code }) => {
          if (!outdated.has(code)) return;
          client.invalidateQueries({ queryKey: keys.conversation(conversationId) });
          client.invalidateQueries({ queryKey: keys.channels });
          if (code === "answered_meanwhile") {
            client.invalidateQueries({ queryKey: keys.messages(conversationId) });
          }
        },
      }),
    [client, userId],
  );
}

/** Whoever looks at whatever page: what waits goes as soon as it can. */
export function useOutbox(): void {
  useCarrier();
  useRetries();
  useArrivals();
}

/** Also while nobody is signed in: an expired session's messages wait for their writer. */
export function useUnsentKept(): void {
  useEffect(() => {
    // What waits here is nowhere else yet: the browser asks before it closes the page.
    const ask = (event: BeforeUnloadEvent) => {
      if (!outbox.isEmpty()) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, []);
}

function useRetries(): void {
  const client = useQueryClient();
  const { id } = useMe();
  const live = useStream().state.phase === "open";
  const held = useSyncExternalStore(outbox.subscribe, outbox.holdsAny);
  const again = useCallback(async () => {
    if (!outbox.holdsAny()) return;
    // While there was no connection, somebody else may have signed in in another tab.
    const session = await client.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => null);
    if (session?.user?.id === id) outbox.retryHeld();
  }, [client, id]);

  useEffect(() => {
    if (live) again();
    window.addEventListener("online", again);
    return () => window.removeEventListener("online", again);
  }, [live, again]);
  useEffect(() => {
    if (!live || !held) return;
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [live, held, again]);
}

/** Stored after all, though the answer was lost: the stream brings it, and nothing waits any more. */
function useArrivals(): void {
  useStreamEvents(({ kind, payload }) => {
    if (kind !== "message.changed") return;
    const { conversation_id, client_ref } = payload as Message;
    if (client_ref) outbox.discard(conversation_id, client_ref);
  });
}
