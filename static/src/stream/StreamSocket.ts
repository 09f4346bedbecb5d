import { backoff } from "./backoff";
import {
  type Cursors,
  type EventsFrame,
  type HeartbeatFrame,
  type HelloFrame,
  type HereFrame,
  type NumberedEvent,
  parseFrame,
} from "./frames";

export type StreamState =
  | { phase: "connecting" }
  | { phase: "open" }
  /** Lost; tries again at `retryAt` (ms since epoch). */
  | { phase: "waiting"; retryAt: number }
  /** As waiting, and the browser says there is no network at all. */
  | { phase: "offline"; retryAt: number }
  /** The server no longer speaks to this build, or refuses this origin. */
  | { phase: "refused"; reason: "outdated" | "origin" }
  | { phase: "stopped" };

export interface StreamListeners {
  onState(state: StreamState): void;
  /** After a hello answered from now on (no replay): what was loaded before may lack changes. */
  onFresh(): void;
  onEvents(stream: string, events: NumberedEvent[]): void;
  /** Cursors are below the floor: everything loaded must be fetched again. */
  onReset(): void;
  /** `why`: the server's word for it, such as "idle"; empty when it says none. */
  onSignedOut(why: string): void;
  /** Who else looks at what this tab said it is at. */
  onHere(frame: HereFrame): void;
  /** The server listens: what it forgot with the last connection must be said again. */
  onOpen(): void;
}

const HELLO_TIMEOUT_MS = 10_000;
const STEADY_AFTER_MS = 5000;
const SILENT_BEATS = 2.5;

/** Close codes of the contract. */
const CLOSE = { signedOut: 4401, origin: 4403, belowFloor: 4409, outdated: 4410 } as const;

/**
 * The live stream's connection: says hello with the cursor of each stream, follows, notices silence,
 * comes back by itself. It knows nothing of what events mean.
 */
export class StreamSocket {
  private readonly url: string;
  private readonly listeners: StreamListeners;
  private socket: WebSocket | null = null;
  private cursors: Cursors = {};
  private freshHello = true;
  private attempt = 0;
  private beatMs = 15_000;
  private lastFrameAt = 0;
  private lastHeads: Cursors = {};
  private healedTo: Cursors = {};
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchTimer: ReturnType<typeof setTimeout> | undefined;
  private steadyTimer: ReturnType<typeof setTimeout> | undefined;
  state: StreamState = { phase: "stopped" };

  constructor(url: string, listeners: StreamListeners) {
    this.url = url;
    this.listeners = listeners;
  }

  start(): void {
    window.addEventListener("online", this.onOnline);
    window.addEventListener("offline", this.onOffline);
    document.addEventListener("visibilitychange", this.onVisible);
    this.connect();
  }

  stop(): void {
    window.removeEventListener("online", this.onOnline);
    window.removeEventListener("offline", this.onOffline);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.hangUp();
    this.enter({ phase: "stopped" });
  }

  /** Tries at once, as when the user presses "retry now". */
  retryNow = (): void => {
    if (this.state.phase === "open" || this.state.phase === "stopped") return;
    this.attempt = 0;
    this.connect();
  };

  private connect(): void {
    this.hangUp();
    this.enter({ phase: "connecting" });
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.sayHello(socket);
    socket.onmessage = (event) => this.receive(event.data);
    socket.onclose = (event) => {
      if (this.socket === socket) this.lost(event.code, event.reason);
    };
    this.watch(HELLO_TIMEOUT_MS);
  }

  private sayHello(socket: WebSocket): void {
    this.freshHello = Object.keys(this.cursors).length === 0;
    socket.send(JSON.stringify({ type: "hello", since: this.cursors }));
  }

  private receive(data: unknown): void {
    const frame = parseFrame(data);
    if (!frame) return;
    this.lastFrameAt = Date.now();
    switch (frame.type) {
      case "hello":
        return this.welcomed(frame);
      case "events":
        return this.take(frame);
      case "heartbeat":
        return this.beat(frame);
      case "here":
        return this.listeners.onHere(frame);
      case "reset":
        this.cursors = { ...frame.heads };
        return this.listeners.onReset();
    }
  }

  private welcomed(frame: HelloFrame): void {
    this.beatMs = frame.heartbeat_seconds * 1000;
    this.lastHeads = {};
    // A stream met for the first time starts at its head; known ones are replayed from our cursor.
    this.cursors = { ...frame.heads, ...this.cursors };
    this.enter({ phase: "open" });
    this.watch(this.beatMs * SILENT_BEATS);
    this.steadyTimer = setTimeout(() => {
      this.attempt = 0;
    }, STEADY_AFTER_MS);
    if (this.freshHello) this.listeners.onFresh();
    this.listeners.onOpen();
  }

  /** Nothing when there is no connection: whoever says it says it again with `onOpen`. */
  say(message: object): void {
    if (this.state.phase === "open") this.socket?.send(JSON.stringify(message));
  }

  private take(frame: EventsFrame): void {
    const cursor = this.cursors[frame.stream] ?? -1;
    this.watch(this.beatMs * SILENT_BEATS);
    this.listeners.onEvents(frame.stream, frame.events);
    this.cursors[frame.stream] = Math.max(cursor, frame.upto);
  }

  /** Behind a head that was already told a beat ago: a frame was lost, so ask again from our cursor. */
  private beat(frame: HeartbeatFrame): void {
    this.watch(this.beatMs * SILENT_BEATS);
    const behind = Object.entries(this.lastHeads).filter(
      ([stream, head]) => (this.cursors[stream] ?? head) < head,
    );
    this.lastHeads = frame.heads ?? {};
    if (behind.length > 0) return this.heal(Object.fromEntries(behind));
    this.socket?.send(JSON.stringify({ type: "heartbeat" }));
  }

  /** Once per head: when even the replay did not reach it, nothing of it is for this agent. */
  private heal(behind: Cursors): void {
    const again = Object.entries(behind).every(([stream, head]) => this.healedTo[stream] === head);
    if (again) {
      Object.assign(this.cursors, behind);
      return;
    }
    this.healedTo = { ...this.healedTo, ...behind };
    this.connect();
  }

  private lost(code: number, reason = ""): void {
    this.hangUp();
    if (code === CLOSE.signedOut) {
      this.enter({ phase: "stopped" });
      return this.listeners.onSignedOut(reason);
    }
    if (code === CLOSE.origin) return this.enter({ phase: "refused", reason: "origin" });
    if (code === CLOSE.outdated) return this.enter({ phase: "refused", reason: "outdated" });
    if (code === CLOSE.belowFloor) {
      this.cursors = {};
      this.listeners.onReset();
    }
    this.waitForRetry();
  }

  /** Also without network it keeps trying: the server may be on this very machine. */
  private waitForRetry(): void {
    const wait = backoff(this.attempt);
    const phase = navigator.onLine === false ? "offline" : "waiting";
    this.attempt += 1;
    this.enter({ phase, retryAt: Date.now() + wait });
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  /** Ends the connection when nothing at all arrives for `ms`. */
  private watch(ms: number): void {
    clearTimeout(this.watchTimer);
    this.watchTimer = setTimeout(() => this.lost(0), ms);
  }

  private hangUp(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchTimer);
    clearTimeout(this.steadyTimer);
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private enter(state: StreamState): void {
    this.state = state;
    this.listeners.onState(state);
  }

  private onOnline = (): void => this.retryNow();

  private onOffline = (): void => {
    if (this.state.phase === "open" || this.state.phase === "connecting") this.lost(0);
  };

  /** Timers sleep in a hidden tab: on return, judge the silence by the clock. */
  private onVisible = (): void => {
    if (document.visibilityState !== "visible") return;
    if (this.state.phase === "waiting" || this.state.phase === "offline") return this.retryNow();
    const silence = Date.now() - this.lastFrameAt;
    if (this.state.phase === "open" && silence > this.beatMs * SILENT_BEATS) this.connect();
  };
}
