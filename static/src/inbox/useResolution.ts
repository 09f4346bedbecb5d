import { useTranslation } from "react-i18next";
import { useReopen, useResolve } from "../api/mutations";
import type { Conversation } from "../api/types";
import { notifyDone, notifyUndo } from "../components/toasts";

/** Resolves an open conversation (to be undone for some seconds), reopens a resolved one. */
export function useResolution(): (conversation: Conversation) => void {
  const { t } = useTranslation();
  const resolve = useResolve();
  const reopen = useReopen();
  return ({ id, state, contact }) => {
    const done = { name: contact.name };
    if (state === "resolved") {
      reopen.mutate({ id }, { onSuccess: () => notifyDone(t("inbox.reopened", done)) });
      return;
    }
    resolve.mutate(
      { id },
      { onSuccess: () => notifyUndo(t("inbox.resolvedToast", done), () => reopen.mutate({ id })) },
    );
  };
}
