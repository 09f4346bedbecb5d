import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Progress } from "../api/types";
import { span } from "../components/times";
import styles from "./Figures.module.css";

interface FiguresProps {
  progress: Progress;
  /** Whether promotion is what it leads to. */
  goals: boolean;
}

const PERCENT = 100;
const MS = 1000;

/** How somebody gets on, in figures; what counts is in docs/trainees.md. */
export function ProgressFigures({ progress, goals }: FiguresProps) {
  const { t, i18n } = useTranslation();
  const number = (value: number) => new Intl.NumberFormat(i18n.language).format(value);
  const { accuracy, cases, held, goal_cases, goal_percent } = progress;
  const share = accuracy === null ? null : Math.floor(accuracy * PERCENT);
  const decided = held.approved + held.edited + held.rejected;
  return (
    <dl className={styles.figures}>
      <Figure
        name={t("coaching.figure.cases")}
        value={number(cases)}
        of={goals ? t("coaching.figure.of", { goal: number(goal_cases) }) : null}
        reached={goals ? cases / goal_cases : null}
      />
      <Figure
        name={t("coaching.figure.accuracy")}
        value={share === null ? "—" : `${number(share)}%`}
        of={goals ? t("coaching.figure.of", { goal: `${goal_percent}%` }) : null}
        reached={goals && share !== null ? share / goal_percent : null}
      >
        {t("coaching.figure.reviewed", { count: progress.reviewed })}
      </Figure>
      <Figure name={t("coaching.figure.reopened")} value={number(progress.reopened)} />
      <Figure
        name={t("coaching.figure.firstReply")}
        value={
          progress.first_reply_seconds === null ? "—" : span(progress.first_reply_seconds * MS, t)
        }
      >
        {t("coaching.figure.median")}
      </Figure>
      {decided + held.waiting > 0 && (
        <Figure name={t("coaching.figure.held")} value={number(decided)}>
          {t("coaching.figure.heldParts", held)}
        </Figure>
      )}
    </dl>
  );
}

interface FigureProps {
  name: string;
  value: string;
  of?: string | null;
  /** 0 to 1 of the goal. */
  reached?: number | null;
  children?: ReactNode;
}

function Figure({ name, value, of, reached, children }: FigureProps) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong> {of && <span>{of}</span>}
        {reached != null && (
          <progress className={styles.reached} value={Math.min(1, reached)} aria-label={name} />
        )}
        {children && <small>{children}</small>}
      </dd>
    </div>
  );
}
