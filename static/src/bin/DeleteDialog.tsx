import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { notifyDone } from "../components/toasts";
import { useDelete } from "./queries";
import { WhyDialog } from "./WhyDialog";

interface DeleteDialogProps {
  conversation: Conversation;
  onClose(): void;
}

/** Into the bin, or to a second person. The deed goes on when the dialog is gone and asks for a code. */
export default function DeleteDialog({ conversation, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const remove = useDelete();
  const given = (reason: string) =>
    remove
      .mutateAsync({ id: conversation.id, reason })
      .then(({ state }) =>
        notifyDone(t(state === "asked" ? "binPage.done.asked" : "binPage.done.binned")),
      )
      .catch(() => undefined); // said by a toast
  return <WhyDialog words="delete" onGiven={given} onClose={onClose} />;
}
