import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { openHelp } from "../commands/panels";
import { Rail } from "../inbox/Rail";
import { Banners } from "../session/Banners";
import { useAlerts } from "../session/useAlerts";
import styles from "./Page.module.css";
import { Notice } from "./states";
import { usePageTitle } from "./usePageTitle";

interface PageProps {
  title: string;
  /** Whether this person may be here; else they are told so. */
  allowed: boolean;
  children: ReactNode;
}

/** Every page that is no view of the inbox: the rail beside it, the banners above. */
export function Page({ title, allowed, children }: PageProps) {
  const alerts = useAlerts();
  usePageTitle(title);
  return (
    <div className={styles.page}>
      <Banners />
      <Rail place={null} alerts={alerts} onShortcuts={openHelp} />
      {allowed ? children : <NotYours />}
    </div>
  );
}

function NotYours() {
  const { t } = useTranslation();
  return (
    <main className={styles.only}>
      <Notice icon={<CircleAlert size={28} />} title={t("notYours.title")}>
        <a href="/inbox/mine" className={styles.link}>
          {t("notFound.back")}
        </a>
      </Notice>
    </main>
  );
}
