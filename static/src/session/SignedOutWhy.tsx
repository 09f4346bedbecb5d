import { useTranslation } from "react-i18next";
import type { Over } from "./over";
import styles from "./SignIn.module.css";

/** Said above the sign-in form to whoever was signed in a moment ago. Null: nobody knows why. */
export function SignedOutWhy({ over }: { over: Over | null }) {
  const { t } = useTranslation();
  return (
    <div role="status" className={styles.expired}>
      <strong>{over ? t(`signIn.over.${over}`) : t("signIn.expired")}</strong>
      <span>{over === "locked" ? t("signIn.overLockedHint") : t("signIn.expiredHint")}</span>
    </div>
  );
}
