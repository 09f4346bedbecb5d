import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { calendarDay } from "../components/times";
import { line } from "./line";
import { useSizes } from "./queries";
import styles from "./Segments.module.css";

const WIDTH = 320;
const HEIGHT = 72;
const SHOWN = 90;

/** How many a segment held, day by day: a line, and in words for whoever does not see it. */
export function SizeHistory({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const { data, isPending, isError, error, refetch } = useSizes(id);
  if (isPending) return <p className={styles.faint}>{t("segments.loading")}</p>;
  if (isError) return <FailedNotice error={error} onRetry={() => refetch()} />;
  const days = data.slice(-SHOWN);
  const [first, last] = [days[0], days.at(-1)];
  const day = (at: string) => calendarDay(at, i18n.language);
  return (
    <section aria-label={t("segments.history")}>
      <h3 className={styles.part}>{t("segments.history")}</h3>
      {!first || !last || first === last ? (
        <p className={styles.faint}>{t("segments.noHistory")}</p>
      ) : (
        <figure className={styles.chart}>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
            <polyline points={line(days, WIDTH, HEIGHT)} />
          </svg>
          <figcaption className={styles.faint}>
            {t("segments.fromTo", {
              from: day(first.day),
              before: first.size.toLocaleString(i18n.language),
              to: day(last.day),
              after: last.size.toLocaleString(i18n.language),
            })}
          </figcaption>
        </figure>
      )}
    </section>
  );
}
