import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Conversation } from "../api/types";
import { notifyDone, notifyUndo, saidByToast } from "../components/toasts";
import { type Deletion, useDelete, useRestore } from "./queries";
import { useRestored } from "./useRestored";
import { WhyDialog } from "./WhyDialog";

interface DeleteDialogProps {
  conversation: Conversation;
  onClose(): void;
}

/** Into the bin, or to a second person. The deed goes on when the dialog is gone and asks for a code. */
export default function DeleteDialog({ conversation, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const remove = useDelete();
  const restored = useRestored();
  const restore = useRestore();
  const backToList = useBackToList(conversation.id);
  const tell = ({ id, state }: Deletion) => {
    if (state === "asked") return notifyDone(t("binPage.done.asked"));
    backToList();
    notifyUndo(t("binPage.done.binned"), () => restore.mutateAsync(id).then(restored, saidByToast));
  };
  const given = (reason: string) =>
    remove.mutateAsync({ id: conversation.id, reason }).then(tell, saidByToast);
  return <WhyDialog words="delete" onGiven={given} onClose={onClose} />;
}

/** What one deleted is not looked at any longer; whoever has opened another one meanwhile stays there. */
function useBackToList(conversationId: string) {
  const [, navigate] = useLocation();
  const tail = `/${conversationId}`;
  return () => {
    const { pathname } = window.location;
    if (pathname.endsWith(tail)) navigate(pathname.slice(0, -tail.length), { replace: true });
  };
}
