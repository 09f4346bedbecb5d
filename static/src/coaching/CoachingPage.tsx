import { Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { useMay, useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";
import { HeldList } from "./HeldList";
import { MyProgress } from "./MyProgress";
import { useCoachingSummary } from "./queries";
import { ReviewTab } from "./ReviewTab";
import { TraineeTab } from "./TraineeTab";
import "../mantineLater";
import "./words";

/** Trainees' replies, how people get on, and reviews of finished cases. */
export default function CoachingPage() {
  const { t } = useTranslation();
  const me = useMe();
  const leads = useMay("trainee.lead");
  const reviews = useMay("case.review");
  const mentors = leads || me.mentors;
  const { data } = useCoachingSummary();
  const [tab, setTab] = useState<string | null>(mentors ? "waiting" : "mine");
  const title = t(mentors ? "inbox.coaching.team" : "inbox.coaching.mine");
  return (
    <Page title={title}>
      <main className={styles.main}>
        <h1 className={styles.title}>{title}</h1>
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List className={styles.tabs}>
            {mentors && <Tab value="waiting" count={data?.waiting} />}
            {mentors && <Tab value="trainees" count={data?.promotions} />}
            {reviews && <Tab value="reviews" count={data?.to_review} />}
            {mentors && <Tab value="decided" />}
            <Tab value="mine" count={data?.unread} />
          </Tabs.List>
          <Tabs.Panel value="waiting">
            <HeldList box="waiting" />
          </Tabs.Panel>
          <Tabs.Panel value="decided">
            <HeldList box="decided" />
          </Tabs.Panel>
          <Tabs.Panel value="trainees">
            <TraineeTab />
          </Tabs.Panel>
          <Tabs.Panel value="reviews">
            <ReviewTab />
          </Tabs.Panel>
          <Tabs.Panel value="mine">
            <MyProgress />
          </Tabs.Panel>
        </Tabs>
      </main>
    </Page>
  );
}

function Tab({ value, count = 0 }: { value: string; count?: number }) {
  const { t } = useTranslation();
  const badge = count > 0 && <span className={styles.badge}>{count}</span>;
  return (
    <Tabs.Tab value={value} rightSection={badge}>
      {t(`coaching.tab.${value}`)}
    </Tabs.Tab>
  );
}
