import { useTranslation } from "react-i18next";
import { difference } from "../log/diff";
import styles from "./Coaching.module.css";

/** What a mentor changed in the trainee's words. */
export function TextDiff({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation();
  return (
    <p className={styles.diff} title={t("coaching.changes")}>
      {difference(before, after).map(({ kind, text }) => {
        if (kind === "gone") return <del key={`${kind}${text}`}>{text}</del>;
        if (kind === "new") return <ins key={`${kind}${text}`}>{text}</ins>;
        return <span key={`${kind}${text}`}>{text}</span>;
      })}
    </p>
  );
}
