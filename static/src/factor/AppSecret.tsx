import { useTranslation } from "react-i18next";
import styles from "./Factor.module.css";
import type { Enrolment } from "./queries";

/** What the authenticator app has to be told, to scan or to type. */
export function AppSecret({ enrolment }: { enrolment: Enrolment }) {
  const { t } = useTranslation();
  return (
    <>
      <p className={styles.hint}>{t("factor.enrol.scan")}</p>
      <img
        className={styles.qr}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr)}`}
        alt={t("factor.enrol.qr")}
      />
      <p className={styles.hint}>{t("factor.enrol.byHand")}</p>
      <code className={styles.secret}>{enrolment.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
    </>
  );
}
