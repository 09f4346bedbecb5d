import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useShortTime } from "../components/useShortTime";
import { useMe } from "./MeContext";
import styles from "./PasswordBanner.module.css";

/** The password expires soon: told early enough not to be stopped by it. */
export function PasswordBanner() {
  const { t } = useTranslation();
  const { password_expires_at: over } = useMe();
  const time = useShortTime();
  if (!over) return null;
  return (
    <aside className={styles.banner} aria-label={t("account.passwordEnds")}>
      <KeyRound size={14} aria-hidden="true" />
      <p className={styles.words}>{t("account.passwordEndsAt", { time: time(over) })}</p>
      <Link href="/settings/security" className={styles.link}>
        {t("account.passwordChange")}
      </Link>
    </aside>
  );
}
