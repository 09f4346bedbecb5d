import { Button, NativeSelect, Tabs } from "@mantine/core";
import { Download } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { useMe } from "../session/MeContext";
import { type Asked, SPANS, TABS, useAsked } from "./address";
import styles from "./Keywords.module.css";
import { useKeywordNews } from "./queries";
import { Report } from "./Report";
import { WordLists } from "./WordLists";
import "../mantineLater";
import "./words";

const TermDrawer = lazy(() => import("./TermDrawer"));

/** What customers write about, what has risen, and which words count: for supervisors. */
export default function KeywordsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("inbox.keywords")} needs="keywords.see">
      <main className={styles.main}>
        <Shown />
      </main>
    </Page>
  );
}

function Shown() {
  const { t } = useTranslation();
  const me = useMe();
  const [asked, change] = useAsked();
  useKeywordNews();
  const region = me.regions.find(({ id }) => id === asked.region) ?? me.regions[0];
  if (!region) return <p className={styles.hint}>{t("keywords.noRegion")}</p>;
  const open = (term: string) => change({ term });
  return (
    <>
      <Head asked={asked} region={region.id} onChange={change} />
      <Tabs value={asked.tab} onChange={(tab) => change({ tab: tab as Asked["tab"] })}>
        <Tabs.List>
          {TABS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {t(`keywords.tab.${tab}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="report">
          <Report
            region={region.id}
            days={asked.days}
            onOpen={open}
            onLastDay={() => change({ days: 1 })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="words">
          <WordLists region={region.id} onOpen={open} />
        </Tabs.Panel>
      </Tabs>
      <Suspense>
        {asked.term && (
          <TermDrawer
            key={asked.term}
            term={asked.term}
            days={asked.days}
            onClose={() => change({ term: null })}
          />
        )}
      </Suspense>
    </>
  );
}

interface HeadProps {
  asked: Asked;
  region: number;
  onChange: (change: Partial<Asked>) => void;
}

function Head({ asked, region, onChange }: HeadProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{t("inbox.keywords")}</h1>
      {regions.length > 1 && (
        <NativeSelect
          aria-label={t("keywords.region")}
          value={String(region)}
          onChange={({ currentTarget }) =>
            onChange({ region: Number(currentTarget.value), term: null })
          }
          data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <NativeSelect
        aria-label={t("keywords.span")}
        value={String(asked.days)}
        onChange={({ currentTarget }) => onChange({ days: Number(currentTarget.value) })}
        data={SPANS.map((days) => ({
          value: String(days),
          label: t("keywords.days", { count: days }),
        }))}
      />
      <Button
        className={styles.export}
        variant="default"
        component="a"
        href={`/api/v1/regions/${region}/keywords/export?days=${asked.days}`}
        leftSection={<Download size={15} aria-hidden="true" />}
      >
        {t("keywords.export")}
      </Button>
    </header>
  );
}
