import type { Message } from "../../api/types";
import { isWaiting } from "../../thread/waiting";

/** Colleagues' answers among the last `count` of ours, newest last. `messages` oldest first. */
export function answersSince(messages: readonly Message[], count: number, myId: number): Message[] {
  if (count <= 0) return [];
  const ours = messages.filter(
    (message) => message.direction === "out" && message.kind !== "reaction" && !isWaiting(message),
  );
  return ours.slice(-count).filter(({ author }) => author?.id !== myId);
}
