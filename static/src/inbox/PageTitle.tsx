import { useConversationList } from "../api/queries";
import type { Asked, Conversation } from "../api/types";
import { usePageTitle } from "../components/usePageTitle";
import { flatten } from "../stream/lists";
import { isUnread } from "./preview";

const MINE: Asked = { view: "mine" };

/** The tab says how many of one's own conversations hold something unread. */
export function PageTitle({
  title,
  conversation,
}: {
  title: string;
  conversation: Conversation | null;
}) {
  const { data } = useConversationList(MINE);
  const unread = flatten(data).filter(isUnread).length;
  const place = conversation?.contact.name ?? title;
  usePageTitle(place, unread);
  return null;
}
