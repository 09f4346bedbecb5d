import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useHistoryState } from "wouter/use-browser-location";
import styles from "./Back.module.css";

/** Above a thread that somebody came to from what they had found. */
export function BackToSearch() {
  const { t } = useTranslation();
  const state = useHistoryState<{ search?: string } | null>();
  if (!state?.search) return null;
  return (
    <Link href={state.search} className={styles.back}>
      <ArrowLeft size={14} aria-hidden="true" />
      {t("search.back")}
    </Link>
  );
}
