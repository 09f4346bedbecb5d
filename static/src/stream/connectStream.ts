import { notifyManager, type QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import i18n from "../i18n";
import { asOver, noteOver } from "../session/over";
import { applyEvent, changesCounts } from "./applyEvent";
import { retellFailures } from "./applyMessage";
import { company } from "./company";
import type { NumberedEvent } from "./frames";
import { Overlay } from "./overlay";
import { StreamSocket, type StreamState } from "./StreamSocket";
import { Throttle } from "./Throttle";

const COUNTS_QUIET_MS = 300;
const COUNTS_LEAST_MS = 2000;

interface StreamHooks {
  onState: (state: StreamState) => void;
  /** Lists may be loaded: what happens from here on will be told. */
  onReady: () => void;
  /** After the event was applied. */
  onEvent: (event: NumberedEvent) => void;
}

function streamUrl(): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/ws/stream`;
}

/** True when lists are loaded or on their way: a stream begun only now has not told them all. */
function holdsLists(client: QueryClient): boolean {
  const lists = client.getQueryCache().findAll({ queryKey: keys.lists });
  return lists.some(({ state }) => state.data !== undefined || state.fetchStatus === "fetching");
}

/** The server closed the line, and may have said why; whether anybody is signed in after all, it knows. */
function signedOut(client: QueryClient, why: string): void {
  noteOver(asOver(why));
  client.invalidateQueries({ queryKey: keys.session });
}

/** Ties the live stream to the query cache until `disconnect`. */
export function connectStream(client: QueryClient, hooks: StreamHooks) {
  const overlay = new Overlay(client);
  const refreshCounts = () => client.invalidateQueries({ queryKey: keys.counts });
  const counts = new Throttle(refreshCounts, COUNTS_QUIET_MS, COUNTS_LEAST_MS);
  const socket = new StreamSocket(streamUrl(), {
    onState: hooks.onState,
    onFresh: () => {
      if (holdsLists(client)) client.invalidateQueries();
      hooks.onReady();
    },
    onEvents: (_stream, events) => {
      notifyManager.batch(() => {
        for (const event of events) {
          overlay.record(event);
          applyEvent(client, event);
        }
      });
      if (events.some(changesCounts)) counts.ask();
      for (const event of events) hooks.onEvent(event);
    },
    onReset: () => client.invalidateQueries(),
    onHere: (frame) => company.told(frame),
    onOpen: () => company.sayAgain(),
    onSignedOut: (why) => signedOut(client, why),
  });
  const retell = (locale: string) => retellFailures(client, locale);
  const unwatch = overlay.watch();
  i18n.on("languageChanged", retell);
  const hangUp = company.speaks((message) => socket.say(message));
  socket.start();
  const disconnect = () => {
    counts.cancel();
    hangUp();
    unwatch();
    i18n.off("languageChanged", retell);
    socket.stop();
  };
  return { socket, disconnect };
}
