import { Button } from "@mantine/core";
import { Inbox, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { FailedNotice, Notice } from "../components/states";
import { ConversationRows, type ListProps } from "./ConversationRows";
import styles from "./List.module.css";
import { pathTo, VIEWS } from "./views";

const SKELETON_ROWS = 9;
const ICONS = Object.fromEntries(VIEWS.map(({ view, icon }) => [view, icon])) as Partial<
  Record<string, LucideIcon>
>;

export function ConversationList(props: ListProps) {
  const { t } = useTranslation();
  const { view, rows, query } = props;
  const Icon = ICONS[view] ?? Inbox;
  if (query.isPending) return <ListSkeleton />;
  if (query.isError && rows.length === 0) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (rows.length === 0 && !query.hasNextPage) {
    return (
      <Notice
        icon={<Icon size={28} />}
        title={t(`inbox.empty.${view}.title`)}
        hint={t(`inbox.empty.${view}.hint`)}
      >
        {view === "mine" && (
          <Button component={Link} href={pathTo("unassigned")} variant="default" size="compact-md">
            {t("inbox.empty.mine.action")}
          </Button>
        )}
      </Notice>
    );
  }
  return <ConversationRows {...props} />;
}

/** As tall as the rows to come, so that nothing jumps. */
function ListSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.scroller} role="status" aria-label={t("inbox.loading")}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders, never reordered
        <div key={index} className={styles.skeleton} aria-hidden="true">
          <span className={styles.skeletonFace} />
          <span className={styles.skeletonLines}>
            <span style={{ width: `${38 + ((index * 17) % 30)}%` }} />
            <span style={{ width: `${55 + ((index * 23) % 40)}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
