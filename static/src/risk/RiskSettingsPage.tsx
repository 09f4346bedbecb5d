import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { SettingsPage } from "../settings/SettingsPage";
import { useRiskSettings } from "./queries";
import { RegionRisk } from "./RegionRisk";
import styles from "./Settings.module.css";
import "../mantineLater";
import "./settingsWords";

/** The words that make a conversation risky, and who is told: for supervisors. */
export default function RiskSettingsPage() {
  return (
    <SettingsPage section="risk">
      <Regions />
    </SettingsPage>
  );
}

function Regions() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useRiskSettings();
  const [chosen, setChosen] = useState<number | null>(null);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("riskSettings.loading")}</p>;
  const region = data.find(({ region_id }) => region_id === chosen) ?? data[0];
  return (
    <div className={styles.sheet}>
      <h1 className={styles.title}>{t("riskSettings.title")}</h1>
      <p className={styles.hint}>{t("riskSettings.hint")}</p>
      {data.length > 1 && (
        <Select
          className={styles.region}
          label={t("riskSettings.region")}
          allowDeselect={false}
          data={data.map(({ region_id, name }) => ({ value: String(region_id), label: name }))}
          value={String(region?.region_id)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      {region && <RegionRisk key={region.region_id} settings={region} />}
    </div>
  );
}
