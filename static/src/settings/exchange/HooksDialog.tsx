import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../../components/states";
import { fullTime } from "../../components/times";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { type Hook, type Source, useHooks } from "./queries";

/** What a system sent: what became of each webhook, and why rows of it were refused. */
export function HooksDialog({ source, onClose }: { source: Source; onClose(): void }) {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch, hasNextPage, fetchNextPage } = useHooks(
    source.id,
  );
  const rows = data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("exchange.hooks", { name: source.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={quick.form}>
        {isPending && <p className={quick.muted}>{t("exchange.loading")}</p>}
        {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
        {data && rows.length === 0 && <p className={quick.muted}>{t("exchange.noHooks")}</p>}
        {rows.length > 0 && (
          <ul className={styles.rows}>
            {rows.map((row) => (
              <Line key={row.id} row={row} />
            ))}
          </ul>
        )}
        {hasNextPage && (
          <Button variant="default" onClick={() => fetchNextPage()}>
            {t("exchange.older")}
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Line({ row }: { row: Hook }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <span className={styles.name}>{fullTime(row.received_at, i18n.language, time_zone)}</span>
          <span className={styles.tag}>{t(`exchange.hookState.${row.state}`)}</span>
        </div>
        <p className={styles.figures}>
          {t("exchange.hookRows", { written: row.written, refused: row.refused })}
        </p>
        {row.error && (
          <p className={own.warning}>
            {t(`exchange.hookError.${row.error}`, { defaultValue: row.error })}
          </p>
        )}
        {row.why.length > 0 && (
          <p className={own.warning}>
            <code>{row.why.join(" · ")}</code>
          </p>
        )}
      </div>
    </li>
  );
}
