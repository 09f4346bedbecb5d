import { Button } from "@mantine/core";
import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldReply } from "../api/types";
import { notifyDone } from "../components/toasts";
import styles from "./Coaching.module.css";
import { WordsForm } from "./OwnDeeds";
import { type HeldDeed, isCrossed, useHeldDeed } from "./queries";

type Form = "edit" | "reject" | "comment";

/** Approve, change and approve, reject, or say something. What the server refuses stays as it is. */
export function Decide({ held }: { held: HeldReply }) {
  const { t } = useTranslation();
  const deed = useHeldDeed(held);
  const [form, setForm] = useState<Form | null>(null);
  const [crossed, setCrossed] = useState<HeldDeed | null>(null);
  const approve = (text?: string): HeldDeed => ({
    deed: "approve",
    ...(text === undefined ? {} : { text }),
    answers_seen: held.answers_seen,
  });
  const send = (asked: HeldDeed, done: string) =>
    deed.mutate(asked, {
      onError: (error) => setCrossed(isCrossed(error) ? asked : null),
      onSuccess: () => {
        setForm(null);
        setCrossed(null);
        notifyDone(t(`coaching.done.${done}`));
      },
    });
  const asked: Record<Form, (text: string) => void> = {
    edit: (text) => send(approve(text), "approved"),
    reject: (comment) => send({ deed: "reject", comment }, "rejected"),
    comment: (text) => send({ deed: "comments", text }, "commented"),
  };
  if (crossed) {
    return (
      <Crossed
        why={deed.error?.message ?? ""}
        busy={deed.isPending}
        onAnyway={() =>
          send({ ...crossed, answers_seen: held.answer_count } as HeldDeed, "approved")
        }
        onBack={() => setCrossed(null)}
      />
    );
  }
  if (form) {
    return (
      <WordsForm
        label={t(`coaching.form.${form}`)}
        text={form === "edit" ? (held.message.content.text ?? "") : ""}
        send={t(`coaching.send.${form}`)}
        busy={deed.isPending}
        onSend={asked[form]}
        onCancel={() => setForm(null)}
      />
    );
  }
  return (
    <div className={styles.deeds}>
      <Button
        size="compact-sm"
        leftSection={<Check size={14} />}
        loading={deed.isPending}
        onClick={() => send(approve(), "approved")}
      >
        {t("coaching.approve")}
      </Button>
      {held.editable && (
        <Button variant="default" size="compact-sm" onClick={() => setForm("edit")}>
          {t("coaching.edit")}
        </Button>
      )}
      <Button variant="default" size="compact-sm" onClick={() => setForm("reject")}>
        {t("coaching.reject")}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setForm("comment")}>
        {t("coaching.comment")}
      </Button>
    </div>
  );
}

interface CrossedProps {
  why: string;
  busy: boolean;
  onAnyway: () => void;
  onBack: () => void;
}

/** The customer has read an answer since it was written: shall this one leave all the same? */
function Crossed({ why, busy, onAnyway, onBack }: CrossedProps) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <p>{why}</p>
      <div className={styles.deeds}>
        <Button size="compact-sm" data-autofocus onClick={onBack}>
          {t("coaching.crossed.back")}
        </Button>
        <Button variant="default" size="compact-sm" loading={busy} onClick={onAnyway}>
          {t("coaching.crossed.anyway")}
        </Button>
      </div>
    </div>
  );
}
