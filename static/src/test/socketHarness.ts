import { afterEach, beforeEach, vi } from "vitest";
import type { NumberedEvent } from "../stream/frames";
import { StreamSocket, type StreamState } from "../stream/StreamSocket";
import { FakeSocket } from "./FakeSocket";

function fresh() {
  return {
    online: true,
    states: [] as StreamState[],
    heard: [] as { stream: string; events: NumberedEvent[] }[],
    told: { fresh: 0, reset: 0, signedOut: 0 },
  };
}

/** A started StreamSocket on fake clocks and lines, and a record of all it said; new for each test. */
export function socketHarness() {
  const harness = { socket: null as unknown as StreamSocket, ...fresh() };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("WebSocket", FakeSocket);
    vi.spyOn(navigator, "onLine", "get").mockImplementation(() => harness.online);
    vi.spyOn(Math, "random").mockReturnValue(1);
    FakeSocket.all = [];
    Object.assign(harness, fresh());
    harness.socket = new StreamSocket("ws://kefu/ws/stream", {
      onState: (state) => harness.states.push(state),
      onFresh: () => (harness.told.fresh += 1),
      onEvents: (stream, events) => harness.heard.push({ stream, events }),
      onReset: () => (harness.told.reset += 1),
      onSignedOut: () => (harness.told.signedOut += 1),
      onHere: () => undefined,
      onOpen: () => undefined,
    });
    harness.socket.start();
  });

  afterEach(() => {
    harness.socket.stop();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  return Object.assign(harness, {
    become(event: "online" | "offline") {
      harness.online = event === "online";
      window.dispatchEvent(new Event(event));
    },
    look: () => document.dispatchEvent(new Event("visibilitychange")),
  });
}

export function eventsFrame(stream: string, upto: number, seqs: number[] = []) {
  const events = seqs.map((seq) => ({ seq, kind: "x", payload: {} }));
  return { type: "events", stream, upto, events };
}
