import { CircleAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../components/states";
import { usePageTitle } from "../components/usePageTitle";
import { Rail } from "../inbox/Rail";
import { Banners } from "../session/Banners";
import { useMay } from "../session/MeContext";
import { useAlerts } from "../session/useAlerts";
import { Log } from "./Log";
import styles from "./Log.module.css";
import "./pageWords";

const ShortcutsSheet = lazy(() => import("../inbox/ShortcutsSheet"));

/** Who did what, for those who answer for it. */
export default function LogPage() {
  const { t } = useTranslation();
  const mayRead = useMay("operations.see");
  const alerts = useAlerts();
  const [sheetOpened, setSheetOpened] = useState(false);
  usePageTitle(t("log.title"));
  return (
    <div className={styles.page}>
      <Banners />
      <Rail view={null} alerts={alerts} onShortcuts={() => setSheetOpened(true)} />
      {mayRead ? (
        <Log />
      ) : (
        <main className={styles.only}>
          <Notice icon={<CircleAlert size={28} />} title={t("log.notYours")}>
            <a href="/inbox/mine" className={styles.link}>
              {t("notFound.back")}
            </a>
          </Notice>
        </main>
      )}
      {sheetOpened && (
        <Suspense>
          <ShortcutsSheet onClose={() => setSheetOpened(false)} />
        </Suspense>
      )}
    </div>
  );
}
