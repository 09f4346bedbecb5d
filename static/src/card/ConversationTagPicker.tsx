import type { Conversation } from "../api/types";
import { type Tag, useTagContact, useTagConversation } from "./queries";
import TagPicker from "./TagPicker";

/** For the open conversation; a tag that is for contacts only is put on its contact. */
export default function ConversationTagPicker({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const { toggle, busy } = useToggleTag(conversation);
  const has = new Set(conversation.tags.map(({ id }) => id));
  const { contact, region_id } = conversation;
  return (
    <TagPicker
      of={{ name: contact.name, regionId: region_id, has, scope: "conversation" }}
      busy={busy}
      onToggle={toggle}
      onClose={onClose}
    />
  );
}

export function useToggleTag(conversation: Conversation | null) {
  const ofContact = useTagContact(conversation?.contact.id ?? "");
  const ofConversation = useTagConversation();
  const toggle = (tag: Pick<Tag, "id" | "scope">, on: boolean) => {
    if (!conversation) return;
    const there = conversation.tags.filter(({ id }) => id === tag.id).map((one) => one.on);
    const places = on ? [tag.scope === "contact" ? "contact" : "conversation"] : there;
    const wish = on ? { add: [tag.id] } : { remove: [tag.id] };
    if (places.includes("contact")) ofContact.mutate(wish);
    if (places.includes("conversation")) ofConversation.mutate({ id: conversation.id, ...wish });
  };
  return { toggle, busy: ofContact.isPending || ofConversation.isPending };
}
