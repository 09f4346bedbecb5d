import { ExternalLink, FlaskConical } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "./MeContext";
import styles from "./SimulatorBanner.module.css";

/** Nobody should take practice for the real thing. */
export function SimulatorBanner() {
  const { t } = useTranslation();
  const { simulator_url: url } = useMe();
  if (!url) return null;
  return (
    <aside className={styles.banner} aria-label={t("simulator.label")}>
      <FlaskConical size={14} aria-hidden="true" />
      <span className={styles.words}>{t("simulator.words")}</span>
      <span className={styles.short}>{t("simulator.label")}</span>
      <a href={url} target="_blank" rel="noreferrer" className={styles.link}>
        {t("simulator.open")}
        <ExternalLink size={12} aria-hidden="true" />
      </a>
    </aside>
  );
}
