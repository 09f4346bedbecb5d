import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { connectStream } from "./connectStream";
import type { NumberedEvent } from "./frames";
import type { StreamSocket, StreamState } from "./StreamSocket";

/** Lists are loaded after the hello; without one (sockets blocked) they are loaded all the same. */
const PATIENCE_MS = 1500;

type EventListener = (event: NumberedEvent) => void;

interface Stream {
  state: StreamState;
  /** True once lists may be loaded. */
  ready: boolean;
  retryNow: () => void;
  /** Hears every event after it was applied; returns how to stop. */
  subscribe: (listener: EventListener) => () => void;
}

const StreamContext = createContext<Stream | null>(null);

export function useStream(): Stream {
  const stream = useContext(StreamContext);
  if (!stream) throw new Error("useStream needs a StreamProvider above it");
  return stream;
}

export function useStreamEvents(listener: EventListener): void {
  const { subscribe } = useStream();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => subscribe((event) => latest.current(event)), [subscribe]);
}

export function StreamProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>({ phase: "connecting" });
  const [ready, setReady] = useState(false);
  const socket = useRef<StreamSocket | null>(null);
  const listeners = useRef(new Set<EventListener>());

  useEffect(() => {
    const patience = setTimeout(() => setReady(true), PATIENCE_MS);
    const live = connectStream(client, {
      onState: setState,
      onReady: () => setReady(true),
      onEvent: (event) => {
        for (const listener of listeners.current) listener(event);
      },
    });
    socket.current = live.socket;
    return () => {
      clearTimeout(patience);
      live.disconnect();
    };
  }, [client]);

  const stream = useMemo<Stream>(
    () => ({
      state,
      ready,
      retryNow: () => socket.current?.retryNow(),
      subscribe: (listener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [state, ready],
  );
  return <StreamContext value={stream}>{children}</StreamContext>;
}
