import type { Conversation } from "../api/types";
import { later } from "../components/later";
import { useMay } from "../session/MeContext";

const { Later: Bar } = later(() => import("./HeldBarWords"));

/** Over the thread, where a trainee's replies wait: a mentor decides right there. */
export function HeldBar({ conversation }: { conversation: Conversation }) {
  const replies = useMay("conversation.reply");
  if (conversation.held_count === 0 || !replies) return null;
  return <Bar conversation={conversation} />;
}
