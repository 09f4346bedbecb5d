import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RiskKind } from "../api/types";
import { useCloseRisk, useFlagRisk } from "./queries";
import styles from "./Risk.module.css";
import "./words";

const REASON_MAX = 500;
export const KINDS: readonly RiskKind[] = ["fraud", "threat", "self_harm", "legal", "other"];

interface RiskDialogProps {
  deed: "flag" | "close";
  conversationId: string;
  onClose: () => void;
}

/** Says that a conversation is risky, or that it is not any more; with the reason that the others read. */
export default function RiskDialog({ deed, conversationId, onClose }: RiskDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [kind, setKind] = useState<RiskKind>("other");
  const [falseAlarm, setFalseAlarm] = useState(false);
  const flag = useFlagRisk();
  const close = useCloseRisk();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = { onSuccess: onClose };
    if (!reason.trim()) return;
    if (deed === "flag") flag.mutate({ id: conversationId, kind, reason }, done);
    else close.mutate({ id: conversationId, reason, false_alarm: falseAlarm }, done);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`risk.${deed}Title`)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t(`risk.${deed}Hint`)}</p>
        {deed === "flag" && (
          <fieldset className={styles.kinds}>
            <legend>{t("risk.kind")}</legend>
            {KINDS.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="risk-kind"
                  checked={kind === one}
                  onChange={() => setKind(one)}
                />
                {t(`risk.kinds.${one}`)}
              </label>
            ))}
          </fieldset>
        )}
        <Textarea
          data-autofocus
          label={t("risk.reason")}
          maxLength={REASON_MAX}
          autosize
          minRows={2}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {deed === "close" && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={falseAlarm}
              onChange={(event) => setFalseAlarm(event.currentTarget.checked)}
            />
            <span>
              {t("risk.falseAlarm")} <small>{t("risk.falseAlarmHint")}</small>
            </span>
          </label>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            color={deed === "flag" ? "red" : undefined}
            loading={flag.isPending || close.isPending}
            disabled={!reason.trim()}
          >
            {t(deed === "flag" ? "risk.flagTitle" : "risk.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
