import { Button, Tabs, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Search, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { FailedNotice, Notice } from "../components/states";
import styles from "./Bin.module.css";
import { BinRow } from "./BinRow";
import { type BinState, useBin, useBinCounts } from "./queries";
import "../mantineLater";
import "./words";

const SETTLE_MS = 250;

/** What was deleted and can still come back, and what waits for a second person. */
export default function BinPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("bin.title")} needs="conversation.delete">
      <main className={styles.main}>
        <h1 className={styles.title}>{t("bin.title")}</h1>
        <Boxes />
      </main>
    </Page>
  );
}

function Boxes() {
  const { t } = useTranslation();
  const { data: counts } = useBinCounts();
  const [tab, setTab] = useState<string | null>(null);
  const shown = tab ?? (counts && counts.asked > 0 ? "asked" : "binned");
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), SETTLE_MS);
  return (
    <>
      <p className={styles.hint}>{t("binPage.hint")}</p>
      <div className={styles.bar}>
        <TextInput
          className={styles.search}
          type="search"
          leftSection={<Search size={15} aria-hidden="true" />}
          aria-label={t("binPage.search")}
          placeholder={t("binPage.search")}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Tabs value={shown} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="binned">{t("binPage.tab.binned", { n: counts?.binned ?? 0 })}</Tabs.Tab>
          <Tabs.Tab value="asked">{t("binPage.tab.asked", { n: counts?.asked ?? 0 })}</Tabs.Tab>
        </Tabs.List>
        {(["binned", "asked"] as const).map((state) => (
          <Tabs.Panel key={state} value={state}>
            <Rows state={state} q={q} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}

function Rows({ state, q }: { state: BinState; q: string }) {
  const { t } = useTranslation();
  const query = useBin(state, q);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (!query.data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  if (query.data.length === 0) {
    const words = q ? "binPage.nothingFound" : `binPage.empty.${state}`;
    return <Notice icon={<Trash2 size={28} strokeWidth={1.5} />} title={t(words)} />;
  }
  return (
    <>
      <ul className={styles.list}>
        {query.data.map((row) => (
          <BinRow key={row.id} row={row} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          mt={12}
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("binPage.more")}
        </Button>
      )}
    </>
  );
}
