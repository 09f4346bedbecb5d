import { ShieldCheck, ShieldQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Log.module.css";
import { useSeal } from "./queries";

/** How far the log is sealed: up to there, nobody can change a line unnoticed. */
export function SealState() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data } = useSeal();
  if (!data) return null;
  if (!data.sealed_at) {
    return (
      <p className={styles.seal}>
        <ShieldQuestion size={14} aria-hidden="true" />
        {t("log.seal.none")}
      </p>
    );
  }
  const time = fullTime(data.sealed_at, i18n.language, me.time_zone);
  return (
    <p
      className={styles.seal}
      title={t("log.seal.digest", { n: data.number, digest: data.digest })}
    >
      <ShieldCheck size={14} aria-hidden="true" />
      {t("log.seal.upto", { line: data.last_id, time })}
    </p>
  );
}
