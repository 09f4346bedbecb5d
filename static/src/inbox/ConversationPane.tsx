import { Button } from "@mantine/core";
import { MessagesSquare } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import type { useConversation } from "../api/queries";
import { later } from "../components/later";
import { FailedNotice, Notice } from "../components/states";
import styles from "./Inbox.module.css";
import type { HeaderProps } from "./OpenConversation";

const { Later: OpenConversation, ahead: loadAhead } = later(() => import("./OpenConversation"));

/** Fetched once the list is there, so that the first thread opens without a wait and the list did not wait either. */
export function usePreloaded(listed: boolean, also: () => void): void {
  useEffect(() => {
    if (!listed) return;
    const timer = setTimeout(() => {
      loadAhead();
      also();
    }, PRELOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [listed, also]);
}

/** The list's own first drawing comes before. */
const PRELOAD_AFTER_MS = 100;

interface PaneProps {
  query: ReturnType<typeof useConversation>;
  selectedId: string | null;
  header: HeaderProps;
}

export function ConversationPane({ query, selectedId, header }: PaneProps) {
  const { t } = useTranslation();
  if (!selectedId) {
    return (
      <Notice
        icon={<MessagesSquare size={30} strokeWidth={1.5} />}
        title={t("inbox.choose.title")}
        hint={t("inbox.choose.hint")}
      />
    );
  }
  const gone =
    query.data === null || (query.error instanceof ApiError && query.error.status === 404);
  const back = <BackToList onPress={header.onBack} />;
  if (gone) {
    return (
      <Notice title={t("inbox.gone.title")} hint={t("inbox.gone.hint")}>
        {back}
      </Notice>
    );
  }
  if (query.isError) {
    return (
      <FailedNotice error={query.error} onRetry={() => query.refetch()}>
        {back}
      </FailedNotice>
    );
  }
  if (!query.data) return <PaneSkeleton />;
  return <OpenConversation header={header} conversation={query.data} fallback={<PaneSkeleton />} />;
}

function BackToList({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation();
  return (
    <Button variant="default" size="compact-md" onClick={onPress}>
      {t("inbox.back")}
    </Button>
  );
}

function PaneSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.paneSkeleton} role="status" aria-label={t("inbox.loading")}>
      <span />
    </div>
  );
}
