import { Button, Modal, Radio, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { dialOf, momentIn } from "../inbox/snoozeTimes";
import { useMe } from "../session/MeContext";
import { isClosedBy } from "./laterTimes";
import classes from "./Quick.module.css";
import type { Meanwhile } from "./queries";
import "../mantineLater";
import "./words";

const FIRST_OFFER_MS = 2 * 60 * 60_000;
const CHOICES: readonly Meanwhile[] = ["ask", "cancel", "send"];

export interface LaterChoice {
  at: Date;
  meanwhile: Meanwhile;
  text?: string;
}

interface DialogProps {
  conversation: Conversation;
  /** What it is now, when it is changed; its words can be changed when they are given. */
  before?: LaterChoice;
  /** Until the server has it the dialog stays, with what was chosen; what was refused can be tried again. */
  onDone(choice: LaterChoice, close: () => void): void;
  busy: boolean;
  onClose(): void;
}

/** When, and what becomes of it when something happens before. */
export default function LaterDialog({ conversation, before, onDone, busy, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { time_zone: zone } = useMe();
  const [dial, setDial] = useState(() => {
    const soonest = Date.now() + FIRST_OFFER_MS;
    const first = before && before.at.getTime() > Date.now() ? before.at.getTime() : soonest;
    return dialOf(new Date(first), zone);
  });
  const [meanwhile, setMeanwhile] = useState<Meanwhile>(before?.meanwhile ?? "ask");
  const [text, setText] = useState(before?.text);
  const [day, clock] = dial.split("T");
  const at = day && clock ? momentIn(day, clock, zone) : null;
  const past = at !== null && at.getTime() <= Date.now();
  const closed = at !== null && isClosedBy(at, conversation.window_closes_at);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!at || past || busy || text?.trim() === "") return;
    onDone({ at, meanwhile, ...(text === undefined ? {} : { text }) }, onClose);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(before ? "quick.later.change" : "quick.later.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        {text !== undefined && (
          <Textarea
            label={t("quick.later.text")}
            value={text}
            rows={3}
            maxLength={4096}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <TextInput
          type="datetime-local"
          label={t("quick.later.at")}
          data-autofocus
          value={dial}
          min={dialOf(new Date(), zone)}
          error={past && t("quick.later.past")}
          onChange={(event) => setDial(event.currentTarget.value)}
        />
        {closed && !past && (
          <p className={classes.cardWarning} role="status">
            {t("quick.later.closed")}
          </p>
        )}
        <Radio.Group
          label={t("quick.later.meanwhile")}
          value={meanwhile}
          onChange={(value) => setMeanwhile(value as Meanwhile)}
        >
          {CHOICES.map((choice) => (
            <Radio key={choice} value={choice} mt={8} label={t(`quick.later.choice.${choice}`)} />
          ))}
        </Radio.Group>
        <div className={classes.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={busy} disabled={!at || past || text?.trim() === ""}>
            {t("quick.later.do")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
