import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import styles from "./Factor.module.css";

/** Shown this once. */
export function CodesToKeep({ codes, onKept }: { codes: string[]; onKept(): void }) {
  const { t } = useTranslation();
  const copy = () => {
    navigator.clipboard
      .writeText(codes.join("\n"))
      .then(() => notifyDone(t("factor.codes.copied")))
      .catch(() => notifyDone(t("factor.codes.notCopied")));
  };
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t("factor.codes.hint")}</p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.deeds}>
        <Button variant="default" onClick={copy}>
          {t("factor.codes.copy")}
        </Button>
        <Button data-autofocus onClick={onKept}>
          {t("factor.codes.kept")}
        </Button>
      </div>
    </div>
  );
}
