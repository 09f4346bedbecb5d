import { useTranslation } from "react-i18next";
import { useChannels, usePeople } from "../api/queries";
import { tagChoices } from "../card/choices";
import { useTags } from "../card/queries";
import { useMe } from "../session/MeContext";
import type { Filter } from "./address";

interface Choice {
  value: string;
  label: string;
}

const TYPES = [
  "text",
  "image",
  "video",
  "audio",
  "document",
  "location",
  "contacts",
  "interactive",
  "button",
  "template",
  "order",
] as const;

/** What each filter can be set to; nothing where there is no choice. */
export function useChoices(): Partial<Record<Filter, Choice[]>> {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people = [] } = usePeople();
  const { data: channels = [] } = useChannels();
  const { data: tags = [] } = useTags();
  const others = people.filter(({ id }) => id !== me.id);
  return {
    agent: [
      { value: "me", label: t("searchPage.me") },
      ...others.map(({ id, name }) => ({ value: String(id), label: name })),
    ],
    direction: (["in", "out"] as const).map((value) => ({
      value,
      label: t(`searchPage.direction.${value}`),
    })),
    type: TYPES.map((value) => ({ value, label: t(`kind.${value}`) })),
    ...(channels.length > 1 && {
      channel: channels.map(({ id, name }) => ({ value: id, label: name })),
    }),
    ...(tags.length > 0 && { tag: tagChoices(tags, me.regions) }),
    ...(me.regions.length > 1 && {
      region: me.regions.map(({ id, name }) => ({ value: String(id), label: name })),
    }),
  };
}
