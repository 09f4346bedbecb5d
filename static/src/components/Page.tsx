import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AskOffer } from "../access/offer";
import { openHelp } from "../commands/panels";
import { Rail } from "../inbox/Rail";
import { Banners } from "../session/Banners";
import { useMay } from "../session/MeContext";
import { useAlerts } from "../session/useAlerts";
import styles from "./Page.module.css";
import { Notice } from "./states";
import { usePageTitle } from "./usePageTitle";

interface PageProps {
  title: string;
  /** The permission one must have to be here; who lacks it is told so, and may ask for it. */
  needs?: string;
  children: ReactNode;
}

/** Every page that is no view of the inbox: the rail beside it, the banners above. */
export function Page({ title, needs, children }: PageProps) {
  const alerts = useAlerts();
  const lacks = !useMay(needs ?? "");
  usePageTitle(title);
  return (
    <div className={styles.page}>
      <Banners />
      <Rail place={null} alerts={alerts} onShortcuts={openHelp} />
      {needs && lacks ? <NotYours needs={needs} /> : children}
    </div>
  );
}

function NotYours({ needs }: { needs: string }) {
  const { t } = useTranslation();
  return (
    <main className={styles.only}>
      <Notice icon={<CircleAlert size={28} />} title={t("notYours.title")}>
        <AskOffer permission={needs} />
        <a href="/inbox/mine" className={styles.link}>
          {t("notFound.back")}
        </a>
      </Notice>
    </main>
  );
}
