import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { QaReview } from "../api/types";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { draftOf } from "../composer/drafts";
import { useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";
import marks from "./Review.module.css";
import { answerPlace, useReviewDeed, useReviews } from "./reviewQueries";
import { ScoreDialog } from "./ScoreDialog";
import { WordsForm } from "./WordsForm";

interface ListProps {
  state: "open" | "done";
  person?: number | null;
}

/** Reviews of finished cases, newest first. */
export function ReviewList({ state, person = null }: ListProps) {
  const { t } = useTranslation();
  const query = useReviews(state, person);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (query.isPending) return <p className={styles.muted}>{t("coaching.loading")}</p>;
  if (query.data?.length === 0) {
    return <p className={styles.muted}>{t(`coaching.reviews.none.${state}`)}</p>;
  }
  return (
    <>
      <ul className={styles.cards}>
        {query.data?.map((review) => (
          <ReviewCard key={review.id} review={review} />
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

function ReviewCard({ review }: { review: QaReview }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const contact = review.contact_name;
  return (
    <li className={styles.card} data-review={review.id}>
      <header className={styles.cardHead}>
        {!review.mine && <strong>{review.person?.name}</strong>}
        {contact ? (
          <Link href={`/inbox/resolved/${review.conversation_id}`} className={styles.link}>
            {t("coaching.reviews.case", { name: contact, number: review.case_number })}
          </Link>
        ) : (
          <span>{t("coaching.reviews.caseOnly", { number: review.case_number })}</span>
        )}
        <span className={styles.muted}>
          {t("coaching.reviews.finished", {
            at: fullTime(review.resolved_at, i18n.language, time_zone),
          })}
        </span>
        {review.state === "done" && (
          <span className={marks.verdict} data-passed={review.passed || undefined}>
            {t(review.passed ? "coaching.reviews.passed" : "coaching.reviews.failed")}
            {review.percent !== null && ` · ${review.percent}%`}
          </span>
        )}
      </header>
      <Marks review={review} />
      {review.summary && <p className={styles.reply}>{review.summary}</p>}
      <ul className={styles.comments}>
        {review.remarks.map((remark) => (
          <li key={remark.id}>
            <strong>{remark.author?.name}</strong> <span>{remark.text}</span>
          </li>
        ))}
      </ul>
      {review.answer && (
        <p className={styles.question}>
          {t("coaching.reviews.answer", { name: review.person?.name })} {review.answer}
        </p>
      )}
      {review.draw && review.state === "open" && (
        <p className={styles.muted}>
          {t("coaching.reviews.drawn", {
            wanted: review.draw.wanted,
            candidates: review.draw.candidates,
            seed: review.draw.seed,
          })}
        </p>
      )}
      <Deeds review={review} />
    </li>
  );
}

function Marks({ review }: { review: QaReview }) {
  const { t } = useTranslation();
  if (review.scores.length === 0) return null;
  return (
    <dl className={marks.marks}>
      {review.scores.map(({ key, name, kind, score }) => (
        <div key={key}>
          <dt>{name}</dt>
          <dd>{kind === "scale" ? `${score} / 5` : t(score ? "coaching.yes" : "coaching.no")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Deeds({ review }: { review: QaReview }) {
  const { t } = useTranslation();
  const deed = useReviewDeed();
  const me = useMe();
  const { id } = review;
  const [form, setForm] = useState<"score" | "answer" | null>(() =>
    review.mine && draftOf(answerPlace(id), me.id) ? "answer" : null,
  );
  if (review.state === "open") {
    return (
      <div className={styles.deeds}>
        <Button size="compact-sm" onClick={() => setForm("score")}>
          {t("coaching.reviews.score")}
        </Button>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          loading={deed.isPending}
          onClick={() => deed.mutate({ deed: "drop", id })}
        >
          {t("coaching.reviews.drop")}
        </Button>
        {form && <ScoreDialog review={review} onClose={() => setForm(null)} />}
      </div>
    );
  }
  if (!review.mine || review.answer) return null;
  const acknowledge = (answer: string) =>
    deed.mutate({ deed: "acknowledge", id, answer }, { onSuccess: () => setForm(null) });
  if (form === "answer") {
    return (
      <WordsForm
        place={answerPlace(id)}
        label={t("coaching.reviews.yourAnswer")}
        text=""
        send={t("coaching.reviews.sendAnswer")}
        busy={deed.isPending}
        onSend={acknowledge}
        onCancel={() => setForm(null)}
      />
    );
  }
  return (
    <div className={styles.deeds}>
      {!review.acknowledged_at && (
        <Button size="compact-sm" loading={deed.isPending} onClick={() => acknowledge("")}>
          {t("coaching.reviews.acknowledge")}
        </Button>
      )}
      <Button variant="default" size="compact-sm" onClick={() => setForm("answer")}>
        {t("coaching.reviews.doAnswer")}
      </Button>
    </div>
  );
}
