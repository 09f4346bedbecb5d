import { Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { RegionService } from "./RegionService";
import styles from "./Service.module.css";
import { SettingsPage } from "./SettingsPage";
import { useServices } from "./useService";
import "./serviceWords";

/** When customers are served, and how soon they are promised an answer: for supervisors. */
export default function ServicePage() {
  return (
    <SettingsPage section="service">
      <Regions />
    </SettingsPage>
  );
}

function Regions() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useServices();
  const [chosen, setChosen] = useState<number | null>(null);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("service.loading")}</p>;
  const region = data.find(({ region_id }) => region_id === chosen) ?? data[0];
  return (
    <div className={styles.sheet}>
      <h1 className={styles.title}>{t("service.title")}</h1>
      <p className={styles.hint}>{t("service.hint")}</p>
      {data.length > 1 && (
        <Select
          className={styles.region}
          label={t("service.region")}
          allowDeselect={false}
          data={data.map(({ region_id, name }) => ({ value: String(region_id), label: name }))}
          value={String(region?.region_id)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      {region && <RegionService key={region.region_id} service={region} />}
    </div>
  );
}
