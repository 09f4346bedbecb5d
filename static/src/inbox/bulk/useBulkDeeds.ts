import { useTranslation } from "react-i18next";
import { type BulkWish, useBulk, useUndoBulk } from "../../api/mutations";
import type { BulkDeed } from "../../api/types";
import { notifyDone, notifyUndo, saidByToast } from "../../components/toasts";

const LONGEST_TOAST_MS = 20_000;

/** Does something to the chosen ones, says what became of it, and offers to take it back while that is possible. */
export function useBulkDeeds(ids: string[], onDone: () => void) {
  const { t } = useTranslation();
  const bulk = useBulk();
  const tellUndone = ({ done, refused }: BulkDeed) => {
    const left = refused.length > 0 ? t("together.bulk.left", { count: refused.length }) : null;
    notifyDone([t("together.bulk.undone", { count: done }), left].filter(Boolean).join(" "));
  };
  const undo = useUndoBulk(tellUndone);
  const tell = (deed: BulkDeed) => {
    const words = [t("together.bulk.done", { count: deed.done }), ...refusals(deed)].join(" ");
    const left = deed.undo_until ? Date.parse(deed.undo_until) - Date.now() : 0;
    if (deed.done === 0 || left <= 0) notifyDone(words);
    else notifyUndo(words, () => undo.mutate(deed.id), Math.min(left, LONGEST_TOAST_MS));
  };
  /** Each reason once, with how many it concerns. */
  const refusals = ({ refused }: BulkDeed): string[] => {
    const reasons = new Map<string, number>();
    for (const { message } of refused) reasons.set(message, (reasons.get(message) ?? 0) + 1);
    return [...reasons].map(([reason, count]) => t("together.bulk.refused", { count, reason }));
  };
  // The bar is gone as soon as the stream takes the rows off the list: told all the same.
  const act = (wish: Omit<BulkWish, "ids">) =>
    bulk.mutateAsync({ ...wish, ids }).then((deed) => {
      tell(deed);
      onDone();
    }, saidByToast);
  return { act, busy: bulk.isPending };
}
