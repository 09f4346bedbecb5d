import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import styles from "../risk/Settings.module.css";
import { SettingsPage } from "../settings/SettingsPage";
import { useConsentRules } from "./queries";
import { RegionConsent } from "./RegionConsent";
import "../mantineLater";
import "./words";

/** The words with which customers stop and resume marketing: for supervisors. */
export default function ConsentSettingsPage() {
  return (
    <SettingsPage section="consent">
      <Regions />
    </SettingsPage>
  );
}

function Regions() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useConsentRules();
  const [chosen, setChosen] = useState<number | null>(null);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("consentSettings.loading")}</p>;
  const region = data.find(({ region_id }) => region_id === chosen) ?? data[0];
  return (
    <div className={styles.sheet}>
      <h1 className={styles.title}>{t("consentSettings.title")}</h1>
      <p className={styles.hint}>{t("consentSettings.hint")}</p>
      {data.length > 1 && (
        <Select
          className={styles.region}
          label={t("consentSettings.region")}
          allowDeselect={false}
          data={data.map(({ region_id, name }) => ({ value: String(region_id), label: name }))}
          value={String(region?.region_id)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      {region && <RegionConsent key={`${region.region_id}/${region.version}`} rules={region} />}
    </div>
  );
}
