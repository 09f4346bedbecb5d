import { Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { span } from "../components/times";
import { useMay } from "../session/MeContext";
import styles from "./Access.module.css";
import { GrantCalendar } from "./GrantCalendar";
import { HealthTab } from "./HealthTab";
import { useRequestsSummary } from "./queries";
import { RequestList } from "./RequestList";
import { ReviewTab } from "./ReviewTab";
import "../mantineLater";
import "./words";

/** Who asks for what, who may do what for a time. */
export default function AccessPage() {
  const { t } = useTranslation();
  const mayDecide = useMay("grant.give");
  const seesHealth = useMay("health.see");
  const mayReview = useMay("grant.review");
  const { data } = useRequestsSummary();
  const [tab, setTab] = useState<string | null>(mayDecide ? "waiting" : "mine");
  return (
    <Page title={t("access.title")}>
      <main className={styles.main}>
        <h1 className={styles.title}>{t("access.title")}</h1>
        <Summary />
        <Tabs value={tab} onChange={setTab} keepMounted={false}>
          <Tabs.List className={styles.tabs}>
            {mayDecide && <Tab value="waiting" count={data?.waiting} />}
            <Tabs.Tab value="mine">{t("access.tab.mine")}</Tabs.Tab>
            {mayDecide && <Tabs.Tab value="decided">{t("access.tab.decided")}</Tabs.Tab>}
            <Tabs.Tab value="grants">{t("access.tab.grants")}</Tabs.Tab>
            {seesHealth && <Tabs.Tab value="health">{t("access.tab.health")}</Tabs.Tab>}
            {mayReview && <Tab value="review" count={data?.to_review} />}
          </Tabs.List>
          {(["waiting", "mine", "decided"] as const).map((box) => (
            <Tabs.Panel key={box} value={box}>
              <RequestList box={box} />
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="grants">
            <GrantCalendar />
          </Tabs.Panel>
          <Tabs.Panel value="health">
            <HealthTab />
          </Tabs.Panel>
          <Tabs.Panel value="review">
            <ReviewTab />
          </Tabs.Panel>
        </Tabs>
      </main>
    </Page>
  );
}

function Tab({ value, count = 0 }: { value: "waiting" | "review"; count?: number }) {
  const { t } = useTranslation();
  return (
    <Tabs.Tab
      value={value}
      rightSection={count > 0 && <span className={styles.count}>{count}</span>}
    >
      {t(`access.tab.${value}`)}
    </Tabs.Tab>
  );
}

const MS = 1000;

function Summary() {
  const { t } = useTranslation();
  const { data } = useRequestsSummary();
  if (data?.median_wait_seconds == null) return null;
  const wait = span(data.median_wait_seconds * MS, t);
  return <p className={styles.hint}>{t("access.medianWait", { wait })}</p>;
}
