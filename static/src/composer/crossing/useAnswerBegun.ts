import { useEffect } from "react";
import type { Conversation } from "../../api/types";
import { useMe } from "../../session/MeContext";
import { beganAnswer, endAnswer } from "./answersSeen";

/** Notes what was known when an answer was begun: its first letter or file, what was taken back, or came from elsewhere. */
export function useAnswerBegun({ id, answer_count }: Conversation, begun: boolean): void {
  const { id: userId } = useMe();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count of the moment in which it was begun
  useEffect(() => {
    if (begun) beganAnswer(userId, id, answer_count);
    else endAnswer(userId, id);
  }, [begun, userId, id]);
}
