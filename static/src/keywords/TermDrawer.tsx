import { Button, Drawer } from "@mantine/core";
import { Bell, BellOff, BookmarkCheck, BookmarkPlus, Eye, EyeOff } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { calendarDay } from "../components/times";
import { Examples } from "./Examples";
import styles from "./Keywords.module.css";
import { type KeywordTrend, useChoose, useTrend } from "./queries";

const TrendChart = lazy(() => import("./TrendChart"));

interface DrawerProps {
  term: string;
  days: number;
  onClose: () => void;
}

/** One term: how its share went, what followers were told, and where customers wrote it. */
export default function TermDrawer({ term, days, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useTrend(term);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(640px, 100vw)"
      title={data ? data.text : t("keywords.loading")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {data && (
        <div className={styles.drawer}>
          <Deeds trend={data} />
          <h3 className={styles.groupName}>{t("keywords.trend")}</h3>
          {data.days.length > 1 ? (
            <Suspense fallback={<div className={styles.chart} />}>
              <TrendChart days={data.days} />
            </Suspense>
          ) : (
            <p className={styles.hint}>{t("keywords.noTrend")}</p>
          )}
          <Rises trend={data} />
          <Examples term={term} text={data.text} days={days} />
        </div>
      )}
    </Drawer>
  );
}

/** Follow it, put it on the region's list, or hear no more of it. */
function Deeds({ trend }: { trend: KeywordTrend }) {
  const { t } = useTranslation();
  const choose = useChoose();
  const { id, text, own, ignored, followed, followers } = trend;
  const say = (choice: Parameters<typeof choose.mutate>[0]["choice"]) => () =>
    choose.mutate({ id, text, choice });
  return (
    <div className={styles.deeds}>
      <Button
        size="compact-md"
        variant={followed ? "light" : "filled"}
        leftSection={followed ? <BellOff size={15} /> : <Bell size={15} />}
        loading={choose.isPending}
        onClick={say({ followed: !followed })}
      >
        {t(followed ? "keywords.unfollow" : "keywords.follow")}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        leftSection={own ? <BookmarkCheck size={15} /> : <BookmarkPlus size={15} />}
        onClick={say({ own: !own })}
      >
        {t(own ? "keywords.disown" : "keywords.own")}
      </Button>
      <Button
        size="compact-md"
        variant="default"
        leftSection={ignored ? <Eye size={15} /> : <EyeOff size={15} />}
        onClick={say({ ignored: !ignored })}
      >
        {t(ignored ? "keywords.mind" : "keywords.ignore")}
      </Button>
      <span className={styles.hint}>{t("keywords.followers", { count: followers })}</span>
    </div>
  );
}

function Rises({ trend }: { trend: KeywordTrend }) {
  const { t, i18n } = useTranslation();
  if (trend.rises.length === 0) return null;
  return (
    <section>
      <h3 className={styles.groupName}>{t("keywords.told")}</h3>
      <ul className={styles.list}>
        {trend.rises.map(({ began_on, ended_on, percent, conversations, of }) => (
          <li key={began_on} className={styles.figure}>
            {t(ended_on ? "keywords.rose" : "keywords.rises", {
              since: calendarDay(began_on, i18n.language),
              until: ended_on && calendarDay(ended_on, i18n.language),
              percent,
              conversations,
              of,
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
