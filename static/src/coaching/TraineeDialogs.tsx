import { Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Trainee } from "../api/types";
import styles from "./Coaching.module.css";
import { FormDialog } from "./FormDialog";
import { MentorsField } from "./PeopleField";
import { useTraineeDeed } from "./queries";

interface DialogProps {
  trainee: Trainee;
  onClose(): void;
}

const REASON_MAX = 500;

interface ReasonProps {
  value: string;
  onChange(value: string): void;
}

function Reason({ value, onChange }: ReasonProps) {
  const { t } = useTranslation();
  return (
    <Textarea
      label={t("coaching.reason")}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={REASON_MAX}
      autosize
      minRows={2}
      required
    />
  );
}

/** Another last day, with the reason. */
export function DateDialog({ trainee, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const [until, setUntil] = useState(trainee.ends_on);
  const [reason, setReason] = useState("");
  const user_id = trainee.person.id;
  return (
    <FormDialog
      title={t("coaching.extend.title", { name: trainee.person.name })}
      send={t("coaching.extend.send")}
      ready={until !== "" && until !== trainee.ends_on && reason.trim() !== ""}
      busy={deed.isPending}
      error={deed.error}
      onSend={() =>
        deed.mutate({ deed: "extend", user_id, ends_on: until, reason }, { onSuccess: onClose })
      }
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        type="date"
        label={t("coaching.extend.until")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        required
      />
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  );
}

export function MentorsDialog({ trainee, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const [mentors, setMentors] = useState(trainee.mentors.map(({ id }) => String(id)));
  const change = { user_id: trainee.person.id, mentors: mentors.map(Number) };
  return (
    <FormDialog
      title={t("coaching.mentors.title", { name: trainee.person.name })}
      send={t("coaching.save")}
      ready
      busy={deed.isPending}
      error={deed.error}
      onSend={() => deed.mutate({ deed: "change", ...change }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <MentorsField value={mentors} trainee={trainee.person.id} onChange={setMentors} />
    </FormDialog>
  );
}

const LEVELS = ["agent", "senior", "supervisor"] as const;

export function PromoteDialog({ trainee, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const [level, setLevel] = useState<string | null>(trainee.level);
  const changed = level && level !== trainee.level ? level : "";
  // Whoever stops being an admin is told why in the log.
  const explains = trainee.level === "admin" && changed !== "";
  const [reason, setReason] = useState("");
  const promotion = { user_id: trainee.person.id, level: changed, reason };
  return (
    <FormDialog
      title={t("coaching.promote.title", { name: trainee.person.name })}
      send={t("coaching.promote.send")}
      ready={!explains || reason.trim() !== ""}
      busy={deed.isPending}
      error={deed.error}
      onSend={() => deed.mutate({ deed: "promote", ...promotion }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={styles.muted}>{t("coaching.promote.hint")}</p>
      {trainee.may_set_level && (
        <Select
          label={t("coaching.promote.level")}
          data={LEVELS.map((name) => ({ value: name, label: t(`coaching.level.${name}`) }))}
          value={level}
          onChange={setLevel}
        />
      )}
      {explains && <Reason value={reason} onChange={setReason} />}
    </FormDialog>
  );
}

export function PutOffDialog({ trainee, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const [reason, setReason] = useState("");
  const put = { user_id: trainee.person.id, reason };
  return (
    <FormDialog
      title={t("coaching.putOff.title", { name: trainee.person.name })}
      send={t("coaching.putOff.do")}
      ready={reason.trim() !== ""}
      busy={deed.isPending}
      error={deed.error}
      onSend={() => deed.mutate({ deed: "put-off", ...put }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={styles.muted}>{t("coaching.putOff.hint")}</p>
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  );
}

export function EndDialog({ trainee, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const user_id = trainee.person.id;
  return (
    <FormDialog
      title={t("coaching.end.title", { name: trainee.person.name })}
      send={t("coaching.end.send")}
      ready
      danger
      busy={deed.isPending}
      error={deed.error}
      onSend={() => deed.mutate({ deed: "end", user_id }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className={styles.muted}>
        {t("coaching.end.hint")}
        {trainee.progress.held.waiting > 0 &&
          ` ${t("coaching.end.waiting", { count: trainee.progress.held.waiting })}`}
      </p>
    </FormDialog>
  );
}
