import { Button, Modal } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import styles from "./Coaching.module.css";

interface DialogProps {
  title: string;
  send: string;
  ready: boolean;
  busy: boolean;
  error?: unknown;
  danger?: boolean;
  size?: string;
  onSend(): void;
  onClose(): void;
  children: ReactNode;
}

/** A form in a dialog: what is asked, why it was refused, and the two buttons. */
export function FormDialog({
  title,
  send,
  ready,
  busy,
  error,
  danger,
  size,
  ...props
}: DialogProps) {
  const { t } = useTranslation();
  const refusal = error instanceof ApiError ? error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) props.onSend();
  };
  return (
    <Modal
      opened
      size={size}
      onClose={props.onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        {props.children}
        {refusal && (
          <p role="alert" className={styles.refusal}>
            {refusal.message} {refusal.remedy}
          </p>
        )}
        <div className={styles.ending}>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color={danger ? "red" : undefined} loading={busy} disabled={!ready}>
            {send}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
