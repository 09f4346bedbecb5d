import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { notifyOpen } from "../components/toasts";
import type { Deletion } from "./queries";

/** Says that it is back; it can be opened. */
export function useRestored() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return ({ contact, conversation_id }: Deletion) =>
    notifyOpen({
      title: t("binPage.done.restore"),
      words: contact.name,
      onOpen: () => go(`/inbox/all/${conversation_id}`),
    });
}
