import "../inbox/togetherWords";
import "./words";
import type { Conversation } from "../api/types";
import { FailedNotice } from "../components/states";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { ThreadView } from "./ThreadView";
import { useThreadMessages } from "./useThreadMessages";

/** One conversation: its messages, and where the next one is written. Fills the room it is given. */
export default function Thread({ conversation }: { conversation: Conversation }) {
  return <OpenThread key={conversation.id} conversation={conversation} />;
}

function OpenThread({ conversation }: { conversation: Conversation }) {
  const { query, messages } = useThreadMessages(conversation.id);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) return <ThreadSkeleton />;
  return <ThreadView conversation={conversation} query={query} messages={messages} />;
}
