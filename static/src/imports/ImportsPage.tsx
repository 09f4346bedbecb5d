import { Button } from "@mantine/core";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import { SettingsPage } from "../settings/SettingsPage";
import { DraftEditor } from "./DraftEditor";
import { ImportRow } from "./ImportRow";
import styles from "./Imports.module.css";
import { useImports } from "./queries";
import { Upload } from "./Upload";
import "../mantineLater";
import "./words";

/** Files of contacts and orders: bringing one, and what became of those before. */
export default function ImportsPage() {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <SettingsPage section="imports">
      <div className={styles.page}>
        {open ? (
          <DraftEditor id={open} onClose={() => setOpen(null)} />
        ) : (
          <>
            <Upload onBrought={setOpen} />
            <History onOpen={setOpen} />
          </>
        )}
      </div>
    </SettingsPage>
  );
}

function History({ onOpen }: { onOpen(id: string): void }) {
  const { t } = useTranslation();
  const query = useImports();
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  if (query.data.length === 0) {
    return <Notice icon={<FileUp size={28} strokeWidth={1.5} />} title={t("imports.none")} />;
  }
  return (
    <section aria-labelledby="imports-history">
      <h2 id="imports-history" className={styles.title}>
        {t("imports.history")}
      </h2>
      <ul className={styles.list}>
        {query.data.map((job) => (
          <ImportRow key={job.id} job={job} onOpen={() => onOpen(job.id)} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("imports.more")}
        </Button>
      )}
    </section>
  );
}
