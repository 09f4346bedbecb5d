import { useTranslation } from "react-i18next";
import { type SnoozeWish, useSnooze, useWake } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { notifyDone, notifyUndo, saidByToast } from "../../components/toasts";
import { useShortTime } from "../../components/useShortTime";

/** Puts a conversation aside (to be undone for some seconds), or takes it back. */
export function useSnoozing({ id, contact, snooze: before }: Conversation) {
  const { t } = useTranslation();
  const time = useShortTime();
  const putAside = useSnooze();
  const takeBack = useWake();
  const done = { name: contact.name };
  const wake = () => {
    // The notice with its button is gone at once.
    const told = () => notifyDone(t("together.snooze.woken", done));
    takeBack.mutateAsync({ id }).then(told, saidByToast);
  };
  const snooze = (wish: Omit<SnoozeWish, "id">) => {
    const until = time(wish.until.toISOString());
    const undo = () => {
      if (!before) takeBack.mutate({ id });
      else putAside.mutate({ id, ...wishOf(before) });
    };
    const told = () => notifyUndo(t("together.snooze.done", { ...done, until }), undo);
    putAside.mutateAsync({ id, ...wish }).then(told, saidByToast);
  };
  return { snooze, wake };
}

function wishOf(snooze: NonNullable<Conversation["snooze"]>): Omit<SnoozeWish, "id"> {
  const { until, reason, wakes_on_reply } = snooze;
  return { until: new Date(until), reason, wakesOnReply: wakes_on_reply };
}
