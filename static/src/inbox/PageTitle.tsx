import { useTranslation } from "react-i18next";
import { useConversationList } from "../api/queries";
import type { Conversation, View } from "../api/types";
import { usePageTitle } from "../components/usePageTitle";
import { flatten } from "../stream/lists";
import { isUnread } from "./preview";

/** The tab says how many of one's own conversations hold something unread. */
export function PageTitle({
  view,
  conversation,
}: {
  view: View;
  conversation: Conversation | null;
}) {
  const { t } = useTranslation();
  const { data } = useConversationList("mine");
  const unread = flatten(data).filter(isUnread).length;
  const place = conversation?.contact.name ?? t(`inbox.view.${view}`);
  usePageTitle(`${unread > 0 ? `(${unread}) ` : ""}${place}`);
  return null;
}
