import { useTranslation } from "react-i18next";
import { askForAccess } from "../access/askForAccess";
import { useWaiting } from "../access/queries";
import { Waits } from "../access/Waits";

/** To read this conversation's older messages too, for a time. */
export function AskForHistory({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const object = { label: "inbox.conversation", id: conversationId };
  const lacking = { permission: "history.read", object };
  const waiting = useWaiting(lacking);
  if (waiting) return <Waits request={waiting} />;
  return (
    <button type="button" onClick={() => askForAccess(lacking)}>
      {t("thread.older.ask")}
    </button>
  );
}
