import { Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moneyOf } from "../components/money";
import styles from "../imports/Imports.module.css";
import { useMay } from "../session/MeContext";
import { SettingsPage } from "../settings/SettingsPage";
import { Duplicates } from "./Duplicates";
import own from "./Hygiene.module.css";
import { Merges } from "./Merges";
import { Numbers } from "./Numbers";
import { useFigures } from "./queries";
import "../mantineLater";
import "./words";

const LISTS = ["bounced", "dormant", "suppressed"] as const;

/** Numbers nobody answers from, and contacts that are there twice. */
export default function HygienePage() {
  const { t } = useTranslation();
  const { data } = useFigures();
  const merges = useMay("contact.merge");
  const [tab, setTab] = useState<string | null>("bounced");
  return (
    <SettingsPage section="hygiene">
      <div className={styles.page}>
        <p className={styles.hint}>{t("hygiene.hint")}</p>
        {data && data.saves > 0 && (
          <p className={styles.counts} role="status">
            {t("hygiene.saves", { amount: moneyOf(data.saves, "USD") })}
          </p>
        )}
        <Tabs value={tab} onChange={setTab} keepMounted={false} className={own.tabs}>
          <Tabs.List>
            {LISTS.map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`hygiene.tab.${name}`, { n: data?.[name] ?? 0 })}
              </Tabs.Tab>
            ))}
            {merges && (
              <Tabs.Tab value="duplicates">
                {t("hygiene.tab.duplicates", { n: data?.duplicates ?? 0 })}
              </Tabs.Tab>
            )}
            {merges && <Tabs.Tab value="merges">{t("hygiene.tab.merges")}</Tabs.Tab>}
          </Tabs.List>
          {LISTS.map((name) => (
            <Tabs.Panel key={name} value={name}>
              <Numbers name={name} figures={data} />
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="duplicates">
            <Duplicates />
          </Tabs.Panel>
          <Tabs.Panel value="merges">
            <Merges />
          </Tabs.Panel>
        </Tabs>
      </div>
    </SettingsPage>
  );
}
