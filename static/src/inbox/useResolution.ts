import { useTranslation } from "react-i18next";
import { useReopen, useResolve } from "../api/mutations";
import type { Conversation } from "../api/types";
import { notifyDone, notifyUndo, saidByToast } from "../components/toasts";

/** Resolves an open conversation (to be undone for some seconds), reopens a resolved one. */
export function useResolution(): (conversation: Conversation) => void {
  const { t } = useTranslation();
  const resolve = useResolve();
  const reopen = useReopen();
  return ({ id, state, contact }) => {
    const done = { name: contact.name };
    if (state === "resolved") {
      reopen.mutateAsync({ id }).then(() => notifyDone(t("inbox.reopened", done)), saidByToast);
      return;
    }
    // Told also when the conversation is not open any more.
    resolve
      .mutateAsync({ id })
      .then(
        () => notifyUndo(t("inbox.resolvedToast", done), () => reopen.mutate({ id })),
        saidByToast,
      );
  };
}
