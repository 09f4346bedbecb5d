import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../components/times";
import { notifyDone, saidByToast } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { useHold, useHolds } from "./queries";
import "./words";

const REASON_MAX = 500;

/** As long as it holds, nothing of the contact is destroyed. */
export default function HoldDialog({ contactId, held, onClose }: AboutContact) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const hold = useHold(contactId);
  const ready = held || reason.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || hold.isPending) return;
    const done = () => {
      notifyDone(t(held ? "privacy.hold.released" : "privacy.hold.set"));
      onClose();
    };
    hold.mutateAsync(held ? null : reason).then(done, saidByToast);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(held ? "privacy.hold.titleHeld" : "privacy.hold.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t("privacy.hold.hint")}</p>
        <Past contactId={contactId} />
        {!held && (
          <Textarea
            data-autofocus
            label={t("privacy.reason")}
            maxLength={REASON_MAX}
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={hold.isPending}>
            {t(held ? "privacy.hold.release" : "privacy.hold.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Past({ contactId }: { contactId: string }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const { data } = useHolds(contactId);
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  if (!data || data.length === 0) return null;
  return (
    <ul className={styles.lines}>
      {data.map(({ id, reason, set_by, set_at, released_by, released_at }) => (
        <li key={id}>
          <p className={styles.said}>{reason}</p>
          <p className={styles.faint}>
            {t("privacy.hold.by", { name: set_by?.name ?? "", at: at(set_at) })}
            {released_at &&
              ` · ${t("privacy.hold.endedBy", { name: released_by?.name ?? "", at: at(released_at) })}`}
          </p>
        </li>
      ))}
    </ul>
  );
}
