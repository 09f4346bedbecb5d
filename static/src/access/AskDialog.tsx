import { Button, Modal, Select, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { notifyDone } from "../components/toasts";
import styles from "./Access.module.css";
import type { Lacking } from "./askForAccess";
import { hoursChoices } from "./hours";
import { useAsk, useRequestsSummary, useWaiting } from "./queries";
import { RightSelect, rightOf, type SelectProps } from "./RightSelect";
import { permissionName } from "./rightWords";
import { Waits } from "./Waits";
import "./words";

interface AskProps {
  /** What was refused; without it one chooses. */
  lacking: Lacking | null;
  onClose(): void;
}

/** What is filled in, and sending it. */
function useAsking({ lacking, onClose }: AskProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [hours, setHours] = useState("24");
  const ask = useAsk();
  const what = lacking ?? (chosen === null ? null : rightOf(chosen));
  const waiting = useWaiting(what ?? { permission: " " });
  const refusal = ask.error instanceof ApiError ? ask.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!what) return;
    ask.mutate(
      { ...what, reason, hours: Number(hours) },
      {
        onSuccess: () => {
          notifyDone(t("access.ask.sent"));
          onClose();
        },
      },
    );
  };
  const complete = Boolean(what && !waiting && reason.trim());
  const fields = { chosen, setChosen, reason, setReason, hours, setHours };
  return { ...fields, waiting, refusal, complete, busy: ask.isPending, submit };
}

/** Asks for what was refused: why, and for how long. Who may decide hears of it at once. */
export default function AskDialog({ lacking, onClose }: AskProps) {
  const { t } = useTranslation();
  const asking = useAsking({ lacking, onClose });
  const { refusal, waiting } = asking;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("access.ask.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={asking.submit}>
        {lacking ? (
          <p className={styles.what}>{permissionName(lacking.permission, t)}</p>
        ) : (
          <Askable value={asking.chosen} onChange={asking.setChosen} error={null} />
        )}
        {lacking?.object && <p className={styles.hint}>{t("access.ask.onlyThis")}</p>}
        {waiting && (
          <p role="status" className={styles.hint}>
            <Waits request={waiting} /> {t("access.ask.again")}
          </p>
        )}
        <Textarea
          label={t("access.reason")}
          placeholder={t("access.ask.reasonHint")}
          value={asking.reason}
          onChange={(event) => asking.setReason(event.currentTarget.value)}
          error={refusal?.field === "reason" && refusal.message}
          maxLength={500}
          autosize
          minRows={3}
          required
          data-autofocus={lacking ? true : undefined}
        />
        <Select
          label={t("access.howLong")}
          data={hoursChoices(t)}
          value={asking.hours}
          onChange={(value) => asking.setHours(value ?? "24")}
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
        />
        {refusal && refusal.field !== "reason" && (
          <p role="alert" className={styles.refusal}>
            {refusal.message} {refusal.remedy}
          </p>
        )}
        <Deeds busy={asking.busy} complete={asking.complete} onClose={onClose} />
      </form>
    </Modal>
  );
}

/** What one does not have. */
function Askable(field: SelectProps<string | null>) {
  const { t } = useTranslation();
  const { data } = useRequestsSummary();
  return (
    <RightSelect
      label={t("access.ask.what")}
      permissions={data?.permissions ?? []}
      duties={data?.duties ?? []}
      {...field}
    />
  );
}

interface DeedsProps {
  busy: boolean;
  complete: boolean;
  onClose(): void;
}

function Deeds({ busy, complete, onClose }: DeedsProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.actions}>
      <Button variant="default" onClick={onClose}>
        {t("action.cancel")}
      </Button>
      <Button type="submit" loading={busy} disabled={!complete}>
        {t("access.ask.send")}
      </Button>
    </div>
  );
}
