import { Button } from "@mantine/core";
import { PhoneOff } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import styles from "../imports/Imports.module.css";

interface Pages {
  data?: unknown[];
  isError: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch(): unknown;
  fetchNextPage(): unknown;
}

/** A list that is loaded page by page, with what it says while there is nothing. */
export function More({
  query,
  empty,
  children,
}: {
  query: Pages;
  empty: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  if (query.data.length === 0) {
    return <Notice icon={<PhoneOff size={28} strokeWidth={1.5} />} title={empty} />;
  }
  return (
    <>
      {children}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("hygiene.more")}
        </Button>
      )}
    </>
  );
}
