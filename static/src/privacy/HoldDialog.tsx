import { Button, Modal, Textarea } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../components/times";
import { notifyDone, saidByToast } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { type LegalHold, useHold, useHolds } from "./queries";
import "./words";

const REASON_MAX = 500;

/** As long as one holds, nothing of the contact is destroyed. There may be several, each with its reason. */
export default function HoldDialog({ contactId, held, onClose }: AboutContact) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const hold = useHold(contactId);
  const ready = reason.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || hold.isPending) return;
    const done = () => {
      notifyDone(t("privacy.hold.set"));
      onClose();
    };
    hold.mutateAsync({ reason }).then(done, saidByToast);
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
        <Holds contactId={contactId} onLastEnded={onClose} />
        <Textarea
          data-autofocus={!held || undefined}
          label={t(held ? "privacy.hold.another" : "privacy.reason")}
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
          <Button type="submit" disabled={!ready} loading={hold.isPending}>
            {t(held ? "privacy.hold.add" : "privacy.hold.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface HoldsProps {
  contactId: string;
  onLastEnded(): void;
}

/** All of them, those that run with a button that ends them. */
function Holds({ contactId, onLastEnded }: HoldsProps) {
  const { t } = useTranslation();
  const { data } = useHolds(contactId);
  const hold = useHold(contactId);
  if (!data || data.length === 0) return null;
  const running = data.filter((one) => !one.released_at);
  const end = (id: string) => {
    const last = running.length === 1;
    const done = () => {
      notifyDone(t(last ? "privacy.hold.released" : "privacy.hold.releasedOne"));
      if (last) onLastEnded();
    };
    hold.mutateAsync({ end: id }).then(done, saidByToast);
  };
  return (
    <ul className={styles.lines}>
      {data.map((one) => (
        <Line key={one.id} row={one}>
          {!one.released_at && (
            <Button
              size="compact-sm"
              variant="default"
              loading={hold.isPending}
              aria-label={t("privacy.hold.releaseOne", { reason: one.reason })}
              onClick={() => end(one.id)}
            >
              {t("privacy.hold.release")}
            </Button>
          )}
        </Line>
      ))}
    </ul>
  );
}

function Line({ row, children }: { row: LegalHold; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const { reason, set_by, set_at, released_by, released_at } = row;
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <p className={styles.said}>{reason}</p>
        <p className={styles.faint}>
          {t("privacy.hold.by", { name: set_by?.name ?? "", at: at(set_at) })}
          {released_at &&
            ` · ${t("privacy.hold.endedBy", { name: released_by?.name ?? "", at: at(released_at) })}`}
        </p>
      </div>
      {children}
    </li>
  );
}
