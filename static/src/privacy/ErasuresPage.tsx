import { Button } from "@mantine/core";
import { ShieldX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { FailedNotice, Notice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import { type Erasure, useErasures } from "./queries";
import "./words";

/** What was erased, by whom and why, and the proof of each. */
export default function ErasuresPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("privacy.erasures.title")} needs="contact.erase">
      <main className={styles.main}>
        <h1 className={styles.title}>{t("privacy.erasures.title")}</h1>
        <p className={styles.hint}>{t("privacy.erasures.hint")}</p>
        <Rows />
      </main>
    </Page>
  );
}

function Rows() {
  const { t } = useTranslation();
  const query = useErasures();
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  if (query.data.length === 0) {
    const icon = <ShieldX size={28} strokeWidth={1.5} />;
    return <Notice icon={icon} title={t("privacy.erasures.none")} />;
  }
  return (
    <>
      <ul className={styles.list}>
        {query.data.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          mt={12}
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("privacy.erasures.more")}
        </Button>
      )}
    </>
  );
}

function Row({ row }: { row: Erasure }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const removed = Object.values(row.rows).reduce((sum, count) => sum + count, 0);
  const rows = t("privacy.erasures.rows", { count: removed });
  const keys = t("privacy.erasures.keys", { count: row.keys.length });
  const files = t("privacy.erasures.files", { count: row.files });
  const proof = `/api/v1/erasures/${row.id}/proof`;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.said}>{row.reason}</p>
        <p className={styles.faint}>
          {t("privacy.erasures.by", { name: row.asked_by?.name ?? "", at: at(row.asked_at) })}
          {` · ${row.region}`}
        </p>
        <p className={styles.faint} role="status">
          {row.finished_at
            ? t("privacy.erasures.done", { keys, rows, files })
            : t("privacy.erasures.running", { rows })}
        </p>
        {row.stuck_at && (
          <p className={styles.refused}>{t("privacy.erasures.stuck", { at: at(row.stuck_at) })}</p>
        )}
        {row.digest && <code className={styles.digest}>{row.digest}</code>}
      </div>
      {row.finished_at && (
        <div className={styles.proofs}>
          <Button size="compact-sm" variant="light" component="a" href={`${proof}?as=html`}>
            {t("privacy.erasures.page")}
          </Button>
          <Button size="compact-sm" variant="default" component="a" href={`${proof}?as=json`}>
            {t("privacy.erasures.file")}
          </Button>
        </div>
      )}
    </li>
  );
}
