import type { EventPayloads } from "../api/events";
import type { Availability, Contact, Conversation, WireMessage } from "../api/types";

/** Highest sequence number seen, per stream: `{"region:1": 812, "person:7": 3}`. */
export type Cursors = Record<string, number>;

/** What colleagues hear of somebody: only what may have changed. */
export type Colleague = EventPayloads["person.changed"] & { availability: Availability };

/** The generated payloads, with the refinements of `api/types`; they must fit each other. */
interface Payloads extends EventPayloads {
  "conversation.changed": Conversation;
  "message.changed": WireMessage;
  "contact.changed": Contact;
  "person.changed": Colleague;
}

export type StreamEvent = {
  [Kind in keyof Payloads]: { kind: Kind; payload: Payloads[Kind] };
}[keyof Payloads];

/** As received: kinds this build does not know are let through and ignored when applied. */
export type NumberedEvent = { seq: number } & (StreamEvent | { kind: string; payload: unknown });

export interface HelloFrame {
  type: "hello";
  schema: number;
  heads: Cursors;
  floors: Cursors;
  heartbeat_seconds: number;
}

export interface EventsFrame {
  type: "events";
  stream: string;
  upto: number;
  events: NumberedEvent[];
}

export interface HeartbeatFrame {
  type: "heartbeat";
  heads: Cursors;
}

export interface ResetFrame {
  type: "reset";
  heads?: Cursors;
}

/** Who else is at a place (`conversation:…`), and who of them types. Always all of them. */
export interface HereFrame {
  type: "here";
  place: string;
  people: Present[];
}

export interface Present {
  id: number;
  name: string;
  typing: boolean;
}

export type ServerFrame = HelloFrame | EventsFrame | HeartbeatFrame | ResetFrame | HereFrame;

/** Null for anything that is not one JSON object with a type. */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== "string") return null;
  try {
    const frame = JSON.parse(data);
    return typeof frame?.type === "string" ? frame : null;
  } catch {
    return null;
  }
}
