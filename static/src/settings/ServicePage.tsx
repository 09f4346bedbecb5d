import { Select } from "@mantine/core";
import { CircleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice, Notice } from "../components/states";
import { usePageTitle } from "../components/usePageTitle";
import { Rail } from "../inbox/Rail";
import { Banners } from "../session/Banners";
import { useMay } from "../session/MeContext";
import { useAlerts } from "../session/useAlerts";
import { RegionService } from "./RegionService";
import styles from "./Service.module.css";
import { useServices } from "./useService";
import "./serviceWords";

const ShortcutsSheet = lazy(() => import("../inbox/ShortcutsSheet"));

/** When customers are served, and how soon they are promised an answer: for supervisors. */
export default function ServicePage() {
  const { t } = useTranslation();
  const may = useMay("service.manage");
  const alerts = useAlerts();
  const [sheetOpened, setSheetOpened] = useState(false);
  usePageTitle(t("service.title"));
  return (
    <div className={styles.page}>
      <Banners />
      <Rail place={null} alerts={alerts} onShortcuts={() => setSheetOpened(true)} />
      <main className={styles.main}>
        {may ? (
          <Regions />
        ) : (
          <Notice icon={<CircleAlert size={28} />} title={t("service.notYours")}>
            <a href="/inbox/mine" className={styles.link}>
              {t("notFound.back")}
            </a>
          </Notice>
        )}
      </main>
      {sheetOpened && (
        <Suspense>
          <ShortcutsSheet onClose={() => setSheetOpened(false)} />
        </Suspense>
      )}
    </div>
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
