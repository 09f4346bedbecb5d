import { Button, Modal, MultiSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { usePeople } from "../api/queries";
import { notifyDone } from "../components/toasts";
import { dialOf, momentOf } from "../inbox/snoozeTimes";
import { useMe } from "../session/MeContext";
import styles from "./Access.module.css";
import { useGive } from "./queries";
import { RightSelect, rightOf, type SelectProps } from "./RightSelect";

const DUTIES = ["marketing_sender", "finance", "data_protection"];
const WEEK_MS = 7 * 86_400_000;

/** What is filled in, and sending it. */
function useGiving(onDone: () => void) {
  const { t } = useTranslation();
  const { time_zone } = useMe();
  const [right, setRight] = useState<string | null>(null);
  const [people, setPeople] = useState<string[]>([]);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState(() => dialOf(new Date(Date.now() + WEEK_MS), time_zone));
  const [reason, setReason] = useState("");
  const give = useGive();
  const refusal = give.error instanceof ApiError ? give.error : null;
  const error = (...fields: string[]) =>
    refusal?.field && fields.includes(refusal.field) ? refusal.message : null;
  const complete = Boolean(right && people.length > 0 && until && reason.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!right) return;
    give.mutate(
      {
        ...rightOf(right),
        people: people.map(Number),
        starts_at: from ? momentOf(from, time_zone).toISOString() : null,
        ends_at: momentOf(until, time_zone).toISOString(),
        reason,
      },
      {
        onSuccess: () => {
          notifyDone(t("access.give.done"));
          onDone();
        },
      },
    );
  };
  const fields = { right, setRight, people, setPeople, from, setFrom, until, setUntil };
  return { ...fields, reason, setReason, refusal, error, complete, busy: give.isPending, submit };
}

/** Gives a permission or a duty to people, from one moment to another. */
export function GiveDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const me = useMe();
  const giving = useGiving(onClose);
  const { refusal, error } = giving;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("access.give.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={giving.submit}>
        <RightSelect
          label={t("access.give.right")}
          permissions={me.permissions}
          duties={DUTIES}
          value={giving.right}
          onChange={giving.setRight}
          error={error("permission", "duty")}
        />
        <PeopleSelect
          value={giving.people}
          onChange={giving.setPeople}
          error={error("people", "user")}
        />
        <div className={styles.pair}>
          <TextInput
            type="datetime-local"
            label={t("access.give.from")}
            description={t("access.give.fromHint")}
            value={giving.from}
            onChange={(event) => giving.setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t("access.give.until")}
            description={t("access.give.untilHint")}
            value={giving.until}
            onChange={(event) => giving.setUntil(event.currentTarget.value)}
            error={error("ends_at")}
            required
          />
        </div>
        <Textarea
          label={t("access.reason")}
          value={giving.reason}
          onChange={(event) => giving.setReason(event.currentTarget.value)}
          error={error("reason")}
          maxLength={500}
          autosize
          minRows={2}
          required
        />
        {refusal && !error("permission", "duty", "people", "user", "ends_at", "reason") && (
          <p role="alert" className={styles.refusal}>
            {refusal.message} {refusal.remedy}
          </p>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={giving.busy} disabled={!giving.complete}>
            {t("access.give.send")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function PeopleSelect({ value, onChange, error }: SelectProps<string[]>) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: colleagues = [] } = usePeople();
  return (
    <MultiSelect
      label={t("access.give.people")}
      searchable
      nothingFoundMessage={t("access.give.noMatch")}
      data={colleagues
        .filter(({ id }) => id !== me.id)
        .map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value}
      onChange={onChange}
      error={error}
      comboboxProps={{ withinPortal: true }}
      required
    />
  );
}
