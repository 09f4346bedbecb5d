import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Access.module.css";

interface WordProps {
  title: string;
  /** What is taken. */
  what: string;
  send: string;
  busy: boolean;
  onSend(comment: string): void;
  onClose(): void;
}

/** Takes something from somebody, with a word on why. */
export function WordDialog({ title, what, send, busy, onSend, onClose }: WordProps) {
  const { t } = useTranslation();
  const [comment, setComment] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend(comment);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.what}>{what}</p>
        <Textarea
          label={t("access.reason")}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          required
          data-autofocus
        />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color="red" loading={busy} disabled={!comment.trim()}>
            {send}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
