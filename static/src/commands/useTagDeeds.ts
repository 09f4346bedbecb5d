import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { useToggleTag } from "../card/ConversationTagPicker";
import { useTags } from "../card/queries";
import { mayTag } from "../inbox/permissions";
import { useMe } from "../session/MeContext";
import type { Command } from "./registry";

/** Each tag of the region by its name: put on the open conversation, or taken off. */
export function useTagDeeds(conversation: Conversation | null): Command[] {
  const { t } = useTranslation();
  const me = useMe();
  const may = conversation !== null && mayTag(me, conversation);
  const { data: tags = [] } = useTags(may);
  const { toggle } = useToggleTag(conversation);
  if (!conversation || !may) return [];
  const has = new Set(conversation.tags.map(({ id }) => id));
  return tags
    .filter(({ region_id }) => region_id === conversation.region_id)
    .map((tag) => ({
      id: `tag.${tag.id}`,
      group: "tag",
      words: "",
      name: t(has.has(tag.id) ? "commands.tagOff" : "commands.tagOn", { name: tag.name }),
      also: [tag.name, tag.group, "tag", "標籤"],
      run: () => toggle(tag, !has.has(tag.id)),
    }));
}
