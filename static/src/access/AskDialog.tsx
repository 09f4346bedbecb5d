import { Button, Modal, Select, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { notifyDone } from "../components/toasts";
import styles from "./Access.module.css";
import type { Lacking } from "./askForAccess";
import { hoursChoices } from "./hours";
import { useAsk } from "./queries";
import { permissionName } from "./rightWords";
import "./words";

/** Asks for what was refused: why, and for how long. Who may decide hears of it at once. */
export default function AskDialog({ lacking, onClose }: { lacking: Lacking; onClose(): void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState("24");
  const ask = useAsk();
  const refusal = ask.error instanceof ApiError ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(
      { ...lacking, reason, hours: Number(hours) },
      {
        onSuccess: () => {
          notifyDone(t("access.ask.sent"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("access.ask.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.what}>{permissionName(lacking.permission, t)}</p>
        {lacking.object && <p className={styles.hint}>{t("access.ask.onlyThis")}</p>}
        <Textarea
          label={t("access.reason")}
          placeholder={t("access.ask.reasonHint")}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={refusal?.field === "reason" && refusal.message}
          maxLength={500}
          autosize
          minRows={3}
          required
          data-autofocus
        />
        <Select
          label={t("access.howLong")}
          data={hoursChoices(t)}
          value={hours}
          onChange={(value) => setHours(value ?? "24")}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
        />
        {refusal && refusal.field !== "reason" && (
          <p role="alert" className={styles.refusal}>
            {refusal.message} {refusal.remedy}
          </p>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={ask.isPending} disabled={!reason.trim()}>
            {t("access.ask.send")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
