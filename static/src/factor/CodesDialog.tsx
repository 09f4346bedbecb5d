import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import styles from "./Factor.module.css";

/** Shown this once. Closed only by the button: they are gone then. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose(): void }) {
  const { t } = useTranslation();
  const copy = () => {
    navigator.clipboard
      .writeText(codes.join("\n"))
      .then(() => notifyDone(t("factor.codes.copied")))
      .catch(() => notifyDone(t("factor.codes.notCopied")));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("factor.codes.title")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
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
          <Button data-autofocus onClick={onClose}>
            {t("factor.codes.kept")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
