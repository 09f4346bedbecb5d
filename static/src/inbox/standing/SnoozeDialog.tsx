import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SnoozeWish } from "../../api/mutations";
import { Tick } from "../../components/Tick";
import { useMe } from "../../session/MeContext";
import { dialOf, momentIn } from "../snoozeTimes";
import styles from "./Standing.module.css";

const REASON_MAX = 500;
const FIRST_OFFER_MS = 3 * 60 * 60_000;

interface SnoozeDialogProps {
  onSnooze: (wish: Omit<SnoozeWish, "id">) => void;
  onClose: () => void;
}

/** A date and a time of one's own zone, why, and whether an answer of the customer ends it. */
export default function SnoozeDialog({ onSnooze, onClose }: SnoozeDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [dial, setDial] = useState(() =>
    dialOf(new Date(Date.now() + FIRST_OFFER_MS), me.time_zone),
  );
  const [reason, setReason] = useState("");
  const [wakesOnReply, setWakesOnReply] = useState(true);
  const [day, clock] = dial.split("T");
  const until = day && clock ? momentIn(day, clock, me.time_zone) : null;
  const past = until !== null && until.getTime() <= Date.now();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!until || past) return;
    onSnooze({ until, reason, wakesOnReply });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("together.snooze.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          type="datetime-local"
          label={t("together.snooze.until")}
          data-autofocus
          required
          withAsterisk={false}
          value={dial}
          min={dialOf(new Date(), me.time_zone)}
          error={past && t("together.snooze.past")}
          onChange={(event) => setDial(event.currentTarget.value)}
        />
        <TextInput
          label={t("together.snooze.reason")}
          placeholder={t("together.optional")}
          maxLength={REASON_MAX}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Tick checked={wakesOnReply} onChange={setWakesOnReply}>
          {t("together.snooze.onReply")}
        </Tick>
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!until || past}>
            {t("together.snooze.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
