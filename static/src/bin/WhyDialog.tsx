import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Bin.module.css";
import "./words";

const REASON_MAX = 500;

interface WhyDialogProps {
  words: "delete" | "hold";
  onGiven(reason: string): void;
  onClose(): void;
}

/** Asks for the reason that the others read in the bin. */
export function WhyDialog({ words, onGiven, onClose }: WhyDialogProps) {
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
      title={t(`binPage.why.${words}.title`)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t(`binPage.why.${words}.hint`)}</p>
        <Textarea
          data-autofocus
          label={t("binPage.why.reason")}
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
            color={words === "delete" ? "red" : undefined}
            disabled={!reason.trim()}
          >
            {t(`binPage.why.${words}.submit`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
