import { useTranslation } from "react-i18next";
import { type SnoozeWish, useSnooze, useWake } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { notifyDone, notifyUndo } from "../../components/toasts";
import { useShortTime } from "../../components/useShortTime";

/** Puts a conversation aside (to be undone for some seconds), or takes it back. */
export function useSnoozing({ id, contact, snooze: before }: Conversation) {
  const { t } = useTranslation();
  const time = useShortTime();
  const putAside = useSnooze();
  const takeBack = useWake();
  const done = { name: contact.name };
  const wake = () => {
    takeBack.mutate({ id }, { onSuccess: () => notifyDone(t("together.snooze.woken", done)) });
  };
  const snooze = (wish: Omit<SnoozeWish, "id">) => {
    const until = time(wish.until.toISOString());
    const undo = () => {
      if (!before) takeBack.mutate({ id });
      else putAside.mutate({ id, ...wishOf(before) });
    };
    putAside.mutate(
      { id, ...wish },
      { onSuccess: () => notifyUndo(t("together.snooze.done", { ...done, until }), undo) },
    );
  };
  return { snooze, wake };
}

function wishOf(snooze: NonNullable<Conversation["snooze"]>): Omit<SnoozeWish, "id"> {
  const { until, reason, wakes_on_reply } = snooze;
  return { until: new Date(until), reason, wakesOnReply: wakes_on_reply };
}
