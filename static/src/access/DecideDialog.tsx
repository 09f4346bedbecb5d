import { Button, Modal, Select, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessRequest } from "../api/types";
import styles from "./Access.module.css";
import { hoursChoices, hoursWords } from "./hours";
import { useDecide } from "./queries";
import { rightName } from "./rightWords";

interface DecideProps {
  request: AccessRequest;
  deed: "approve" | "refuse";
  onClose(): void;
}

/** Yes, for how long; or no, and why. */
export function DecideDialog({ request, deed, onClose }: DecideProps) {
  const { t } = useTranslation();
  const [hours, setHours] = useState(String(request.hours));
  const [comment, setComment] = useState("");
  const decide = useDecide();
  const choices = hoursChoices(t);
  const asked = { value: String(request.hours), label: hoursWords(request.hours, t) };
  const offered = choices.some(({ value }) => value === asked.value)
    ? choices
    : [asked, ...choices];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = deed === "approve" ? { comment, hours: Number(hours) } : { comment };
    decide.mutate({ id: request.id, deed, body }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`access.${deed}Title`, { name: request.asker.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.what}>{rightName(request.right, t)}</p>
        <p className={styles.reason}>{request.reason}</p>
        {deed === "approve" && (
          <Select
            label={t("access.howLong")}
            data={offered}
            value={hours}
            onChange={(value) => setHours(value ?? asked.value)}
            allowDeselect={false}
            comboboxProps={{ withinPortal: true }}
            data-autofocus
          />
        )}
        <Textarea
          label={t(deed === "approve" ? "access.commentOptional" : "access.commentNeeded")}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
          maxLength={500}
          autosize
          minRows={2}
          required={deed === "refuse"}
        />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={deed === "refuse" ? "red" : undefined}
            loading={decide.isPending}
            disabled={deed === "refuse" && !comment.trim()}
          >
            {t(`access.${deed}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
