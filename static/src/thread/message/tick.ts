import type { Message } from "../../api/types";

export type Tick =
  | "clock"
  | "sent"
  | "delivered"
  | "read"
  | "played"
  | "failed"
  | "unconfirmed"
  | "held"
  | "rejected"
  | "withdrawn"
  | null;

const tickOfStatus: Record<Message["status"], Tick> = {
  received: null,
  queued: "clock",
  sending: "clock",
  // "accepted" is Meta's HTTP 200: taken, not yet sent on. People know one tick for both.
  accepted: "sent",
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "played",
  failed: "failed",
  unconfirmed: "unconfirmed",
  held: "held",
  rejected: "rejected",
  withdrawn: "withdrawn",
};

/** The mark behind the time of one of our messages; incoming ones have none. */
export function tickOf(message: Pick<Message, "direction" | "status">): Tick {
  return message.direction === "in" ? null : (tickOfStatus[message.status] ?? null);
}

export type TickTime = "failed_at" | "read_at" | "delivered_at" | "sent_at";

/** The steps of a delivery that have a time, newest first, for the tooltip. */
export function stepsOf(message: Message): { step: TickTime; at: string }[] {
  const steps: TickTime[] = ["failed_at", "read_at", "delivered_at", "sent_at"];
  return steps.flatMap((step) => {
    const at = message[step];
    return at ? [{ step, at }] : [];
  });
}
