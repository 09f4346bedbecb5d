import { Button } from "@mantine/core";
import { Download, ScrollText } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import { useMay, useMe } from "../session/MeContext";
import { queryOf, useFilters } from "./filters";
import { Lines } from "./Lines";
import styles from "./Log.module.css";
import { LogFilters } from "./LogFilters";
import { useExport, useOperations } from "./queries";
import { SealState } from "./SealState";

export function Log() {
  const { t } = useTranslation();
  const me = useMe();
  const mayExport = useMay("operations.export");
  const [filters, change] = useFilters();
  const query = useMemo(() => queryOf(filters, me.time_zone), [filters, me.time_zone]);
  const log = useOperations(query);
  const file = useExport(query);
  const lines = log.data ?? [];
  return (
    <main className={styles.main}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("log.title")}</h1>
        <SealState />
        {mayExport && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<Download size={14} aria-hidden="true" />}
            loading={file.isPending}
            onClick={() => file.mutate()}
          >
            {t("log.export")}
          </Button>
        )}
      </header>
      <LogFilters filters={filters} onChange={change} />
      {log.isPending && (
        <p className={styles.hint} role="status">
          {t("log.loading")}
        </p>
      )}
      {log.isError && !log.data && <FailedNotice error={log.error} onRetry={() => log.refetch()} />}
      {lines.length > 0 && <Lines lines={lines} onFilter={change} />}
      {log.data && lines.length === 0 && (
        <Notice
          icon={<ScrollText size={28} />}
          title={t(log.hasNextPage ? "log.noneYet.title" : "log.none.title")}
          hint={t(log.hasNextPage ? "log.noneYet.hint" : "log.none.hint")}
        />
      )}
      {log.hasNextPage && (
        <Button
          className={styles.older}
          variant="default"
          size="compact-md"
          loading={log.isFetchingNextPage}
          onClick={() => log.fetchNextPage()}
        >
          {t("log.older")}
        </Button>
      )}
    </main>
  );
}
