import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import { calendarDay } from "../components/times";
import { percent } from "./figures";
import styles from "./Keywords.module.css";
import { type Keyword, type KeywordReport, useReport } from "./queries";
import { Rise } from "./Rise";
import { TopTerms } from "./TopTerms";

interface ReportProps {
  region: number;
  days: number;
  onOpen: (term: string) => void;
  onLastDay: () => void;
}

export function Report({ region, days, onOpen, onLastDay }: ReportProps) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useReport(region, days);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) {
    return (
      <p className={styles.hint} role="status">
        {t("keywords.loading")}
      </p>
    );
  }
  if (!data.until || data.top.length === 0) {
    return <Notice title={t("keywords.empty.title")} hint={t("keywords.empty.hint")} />;
  }
  return (
    <>
      <Basis report={data} />
      <Groups report={data} onOpen={onOpen} onLastDay={onLastDay} />
      <TopTerms terms={data.top} onOpen={onOpen} />
    </>
  );
}

/** What the figures rest on. */
function Basis({ report }: { report: KeywordReport }) {
  const { t, i18n } = useTranslation();
  const day = (on: string | null) => on && calendarDay(on, i18n.language);
  const { since, until, conversations, messages, baseline_days, comparable, missing } = report;
  return (
    <p className={styles.hint}>
      {t("keywords.basis", { since: day(since), until: day(until), conversations, messages })}
      <br />
      {comparable
        ? t("keywords.baseline", { count: baseline_days })
        : t("keywords.tooShort", { count: baseline_days })}
      {missing > 0 && ` ${t("keywords.missing", { count: missing })}`}
    </p>
  );
}

interface GroupsProps extends Pick<ReportProps, "onOpen" | "onLastDay"> {
  report: KeywordReport;
}

function Groups({ report, onOpen, onLastDay }: GroupsProps) {
  const { t } = useTranslation();
  const hurting = report.groups.filter(({ risen }) => risen.length > 0);
  return (
    <section aria-labelledby="keywords-risen">
      <h2 id="keywords-risen" className={styles.subtitle}>
        {t("keywords.risen.title")}
      </h2>
      {hurting.length === 0 && (
        <p className={styles.hint}>
          {t(report.days > 1 ? "keywords.risen.none" : "keywords.risen.noneOfDay")}{" "}
          {report.days > 1 && (
            <button type="button" className={styles.word} onClick={onLastDay}>
              {t("keywords.risen.lastDay")}
            </button>
          )}
        </p>
      )}
      <div className={styles.groups}>
        {hurting.map(({ topic, more, risen, top }) => (
          <section key={topic} className={styles.group} aria-label={t(`keywords.topic.${topic}`)}>
            <h3 className={styles.groupName}>
              {t(`keywords.topic.${topic}`)}
              <span className={styles.more}>{t("keywords.more", { count: more })}</span>
            </h3>
            <ul className={styles.list}>
              {risen.map((term) => (
                <Line key={term.id} term={term} onOpen={onOpen} />
              ))}
            </ul>
            {top.length > 0 && (
              <p className={styles.also}>
                {t("keywords.also")}
                {top.slice(0, 5).map((term) => (
                  <button
                    key={term.id}
                    type="button"
                    className={styles.word}
                    onClick={() => onOpen(term.id)}
                  >
                    {term.text}
                  </button>
                ))}
              </p>
            )}
          </section>
        ))}
      </div>
    </section>
  );
}

function Line({ term, onOpen }: { term: Keyword; onOpen: ReportProps["onOpen"] }) {
  const { t } = useTranslation();
  return (
    <li>
      <button type="button" className={styles.line} onClick={() => onOpen(term.id)}>
        <span className={styles.term} dir="auto">
          {term.text}
        </span>
        <Rise term={term} />
        <span className={styles.figure}>
          {t("keywords.shareOf", { share: percent(term.share), usual: percent(term.usual) })}
        </span>
      </button>
    </li>
  );
}
