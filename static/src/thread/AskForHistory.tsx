import { useTranslation } from "react-i18next";
import { askForAccess } from "../access/askForAccess";

/** To read this conversation's older messages too, for a time. */
export function AskForHistory({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const object = { label: "inbox.conversation", id: conversationId };
  return (
    <button type="button" onClick={() => askForAccess({ permission: "history.read", object })}>
      {t("thread.older.ask")}
    </button>
  );
}
