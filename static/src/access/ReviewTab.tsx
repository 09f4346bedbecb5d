import { Button } from "@mantine/core";
import { ClipboardCheck } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Review, ReviewItem } from "../api/types";
import { FailedNotice, Notice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Access.module.css";
import { useDecideItem, useReviewItems, useReviews } from "./reviewQueries";
import { permissionName } from "./rightWords";
import { WordDialog } from "./WordDialog";

/** The quarter's sample of high-risk rights: still needed, or not. */
export function ReviewTab() {
  const { t } = useTranslation();
  const reviews = useReviews();
  const [quarter, setQuarter] = useState<string | null>(null);
  if (reviews.isError) {
    return <FailedNotice error={reviews.error} onRetry={() => reviews.refetch()} />;
  }
  if (reviews.isPending) return <p className={styles.hint}>{t("access.loading")}</p>;
  const shown = reviews.data.find((one) => one.quarter === quarter) ?? reviews.data[0];
  if (!shown) {
    return (
      <Notice
        icon={<ClipboardCheck size={28} />}
        title={t("access.review.none")}
        hint={t("access.review.how")}
      />
    );
  }
  return (
    <section aria-label={t("access.tab.review")}>
      <fieldset className={styles.bar} aria-label={t("access.review.quarters")}>
        {reviews.data.map((one) => (
          <Button
            key={one.quarter}
            size="compact-sm"
            variant={one === shown ? "light" : "default"}
            aria-pressed={one === shown}
            onClick={() => setQuarter(one.quarter)}
          >
            {one.quarter}
          </Button>
        ))}
      </fieldset>
      <Report review={shown} />
      <Items quarter={shown.quarter} />
    </section>
  );
}

function Report({ review }: { review: Review }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const due = fullTime(review.due_at, i18n.language, time_zone);
  return (
    <p className={styles.hint}>
      {t("access.review.report", { ...review })} {!review.closed && t("access.review.due", { due })}{" "}
      {t("access.review.how")}
    </p>
  );
}

function Items({ quarter }: { quarter: string }) {
  const { t } = useTranslation();
  const items = useReviewItems(quarter);
  if (items.isError) return <FailedNotice error={items.error} onRetry={() => items.refetch()} />;
  if (items.isPending) return <p className={styles.hint}>{t("access.loading")}</p>;
  if (items.data.length === 0) {
    return <Notice icon={<ClipboardCheck size={28} />} title={t("access.review.empty")} />;
  }
  return (
    <ul className={styles.list}>
      {items.data.map((item) => (
        <Line key={item.id} item={item} />
      ))}
    </ul>
  );
}

function Line({ item }: { item: ReviewItem }) {
  const { t } = useTranslation();
  const decide = useDecideItem();
  const [withdrawing, setWithdrawing] = useState(false);
  const right = item.duty
    ? t("access.duty", { duty: t(`access.duties.${item.duty}`) })
    : permissionName(item.permission, t);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.what}>
          <strong>{item.holder.name}</strong> {right}
        </p>
        <p className={styles.hint}>
          {t(`access.review.kind.${item.kind}`)}
          {item.state !== "open" &&
            ` · ${t(`access.review.state.${item.state}`, { name: item.decided_by?.name ?? "" })}`}
        </p>
        {item.comment && <p className={styles.reason}>{item.comment}</p>}
      </div>
      {item.state === "open" && (
        <div className={styles.deeds}>
          <Button
            size="compact-sm"
            loading={decide.isPending}
            onClick={() => decide.mutate({ id: item.id, deed: "confirm" })}
          >
            {t("access.review.confirm")}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => setWithdrawing(true)}>
            {t("access.review.withdraw")}
          </Button>
        </div>
      )}
      {withdrawing && (
        <WordDialog
          title={t("access.review.withdrawTitle", { name: item.holder.name })}
          what={right}
          send={t("access.review.withdraw")}
          busy={decide.isPending}
          onSend={(comment) =>
            decide.mutate(
              { id: item.id, deed: "withdraw", comment },
              { onSuccess: () => setWithdrawing(false) },
            )
          }
          onClose={() => setWithdrawing(false)}
        />
      )}
    </li>
  );
}
