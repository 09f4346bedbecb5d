import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { calendarDay } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";
import { HeldList } from "./HeldList";
import { ProgressFigures } from "./ProgressFigures";
import { useProgress, useTrainees } from "./queries";
import { ReviewList } from "./ReviewList";

/** How I get on: as a trainee since my first day, else over the last weeks; what reviewers said of my cases. */
export function MyProgress() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const progress = useProgress(me.id);
  const trainee = useTrainees(me.trainee).data?.find(({ mine, ended_at }) => mine && !ended_at);
  if (progress.isError && !progress.data) {
    return <FailedNotice error={progress.error} onRetry={() => progress.refetch()} />;
  }
  if (!progress.data) return <p className={styles.muted}>{t("coaching.loading")}</p>;
  return (
    <>
      {trainee && (
        <p className={styles.lead}>
          {t("coaching.daysLeft", {
            count: trainee.days_left,
            day: calendarDay(trainee.ends_on, i18n.language),
          })}
          {me.replies_held && <span className={styles.muted}> · {t("coaching.heldNow")}</span>}
        </p>
      )}
      <ProgressFigures progress={progress.data} goals={trainee !== undefined} />
      {me.replies_held && (
        <section className={styles.section}>
          <h2 className={styles.heading}>{t("coaching.myReplies")}</h2>
          <HeldList box="mine" />
        </section>
      )}
      <section className={styles.section}>
        <h2 className={styles.heading}>{t("coaching.myReviews")}</h2>
        <ReviewList state="done" person={me.id} />
      </section>
    </>
  );
}
