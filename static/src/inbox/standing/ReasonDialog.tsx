import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Standing.module.css";

const REASON_MAX = 500;

interface ReasonDialogProps {
  deed: "lock" | "break";
  onGiven: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason that the others will read. */
export default function ReasonDialog({ deed, onGiven, onClose }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return;
    onGiven(reason);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`together.lock.title.${deed}`)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t(`together.lock.hint.${deed}`)}</p>
        <Textarea
          data-autofocus
          label={t("together.lock.reason")}
          maxLength={REASON_MAX}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={deed === "break" ? "red" : undefined}
            disabled={!reason.trim()}
          >
            {t(`together.lock.submit.${deed}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
