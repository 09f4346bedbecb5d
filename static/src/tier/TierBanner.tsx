import { ShieldAlert, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import styles from "../channels/PausedBanner.module.css";
import { useShortTime } from "../components/useShortTime";
import soon from "../session/PasswordBanner.module.css";
import { useTier } from "./queries";
import "./words";

/** Incident mode, which everybody should know of; and what this session lacks, with the time that is left. */
export function TierBanner() {
  const { t } = useTranslation();
  const time = useShortTime();
  const tier = useTier();
  if (!tier) return null;
  const { incident_until, lacks = [], comply_until } = tier;
  return (
    <>
      {incident_until && (
        <aside className={styles.banner} aria-label={t("tier.incident.name")}>
          <ShieldAlert size={14} aria-hidden="true" />
          <p className={styles.words}>{t("tier.incident.says", { time: time(incident_until) })}</p>
        </aside>
      )}
      {lacks.length > 0 && comply_until && (
        <aside className={soon.banner} aria-label={t("tier.lacking.name")}>
          <ShieldCheck size={14} aria-hidden="true" />
          <p className={soon.words}>{t("tier.lacking.says", { time: time(comply_until) })}</p>
          <Link href="/settings/security" className={soon.link}>
            {t("tier.lacking.go")}
          </Link>
        </aside>
      )}
    </>
  );
}
