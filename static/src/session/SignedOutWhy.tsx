import { useTranslation } from "react-i18next";
import { type Over, useNotedOver } from "./over";
import styles from "./SignIn.module.css";

/** Said above the sign-in form to whoever was signed in a moment ago. Null: nobody knows why. */
export function SignedOutWhy({ over: told }: { over: Over | null }) {
  const { t } = useTranslation();
  const noted = useNotedOver();
  const over = told ?? noted;
  return (
    <div role="status" className={styles.expired}>
      <strong>{over ? t(`signIn.over.${over}`) : t("signIn.expired")}</strong>
      <span>{over === "locked" ? t("signIn.overLockedHint") : t("signIn.expiredHint")}</span>
    </div>
  );
}
