import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import { useShortTime } from "../components/useShortTime";
import styles from "../imports/Imports.module.css";
import { More } from "./More";
import { useMerges, useUnmerge } from "./queries";

/** What was merged lately, and can still be undone. */
export function Merges() {
  const { t } = useTranslation();
  const time = useShortTime();
  const query = useMerges();
  const undo = useUnmerge();
  return (
    <More query={query} empty={t("hygiene.empty.merges")}>
      <ul className={styles.list}>
        {query.data?.map((row) => (
          <li key={row.id} className={styles.row}>
            <div className={styles.words}>
              <p className={styles.name}>
                {t("hygiene.mergedInto", { merged: row.merged_name, kept: row.kept.name })}
              </p>
              <p className={styles.hint}>
                {[
                  time(row.asked_at),
                  row.undone_at && t("hygiene.undone", { time: time(row.undone_at) }),
                  row.undo_until && t("hygiene.undoUntil", { time: time(row.undo_until) }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            {row.undo_until && (
              <Button
                size="xs"
                variant="default"
                loading={undo.isPending && undo.variables === row.id}
                onClick={() =>
                  undo.mutate(row.id, { onSuccess: () => notifyDone(t("hygiene.unmerged")) })
                }
              >
                {t("hygiene.unmerge")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </More>
  );
}
