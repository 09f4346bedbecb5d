import { Button } from "@mantine/core";
import { CircleCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import styles from "./Coaching.module.css";
import { HeldCard } from "./HeldCard";
import { type Box, useHeldReplies } from "./queries";

/** Replies of one kind: what waits the oldest first, the rest newest first. */
export function HeldList({ box }: { box: Box }) {
  const { t } = useTranslation();
  const query = useHeldReplies(box);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (query.isPending) return <p className={styles.muted}>{t("coaching.loading")}</p>;
  if (query.data?.length === 0) {
    return (
      <Notice
        icon={<CircleCheck size={28} strokeWidth={1.5} />}
        title={t(`coaching.empty.${box}`)}
        hint={box === "waiting" ? t("coaching.empty.waitingHint") : null}
      />
    );
  }
  return (
    <>
      <ul className={styles.cards}>
        {query.data?.map((held) => (
          <HeldCard key={held.id} held={held} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("coaching.more")}
        </Button>
      )}
    </>
  );
}
