import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import styles from "./Keys.module.css";

interface DialogProps {
  secret: string;
  /** Of what it is, where it is no API key. */
  title?: string;
  onClose(): void;
}

/** Shown this once. Closed only by the button: it is gone then. */
export function SecretDialog({ secret, title, onClose }: DialogProps) {
  const { t } = useTranslation();
  const copy = () => {
    navigator.clipboard
      .writeText(secret)
      .then(() => notifyDone(t("keysPage.secret.copied")))
      .catch(() => notifyDone(t("keysPage.secret.notCopied")));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title ?? t("keysPage.secret.title")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <div className={quick.form}>
        <p className={quick.muted}>{t("keysPage.secret.hint")}</p>
        <output className={styles.secret} aria-label={title ?? t("keysPage.secret.label")}>
          {secret}
        </output>
        <div className={quick.deeds}>
          <Button variant="default" onClick={copy}>
            {t("keysPage.secret.copy")}
          </Button>
          <Button data-autofocus onClick={onClose}>
            {t("keysPage.secret.kept")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
