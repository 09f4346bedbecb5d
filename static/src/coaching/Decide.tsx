import { Button } from "@mantine/core";
import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldReply } from "../api/types";
import { notifyDone } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";
import changed from "./Decide.module.css";
import { type HeldForm, heldForm, leftForm } from "./heldForms";
import { type HeldDeed, isCrossed, useHeldDeed } from "./queries";
import { WordsForm } from "./WordsForm";

const FORMS = ["approve", "reject", "comments"] as const;
type Deed = (typeof FORMS)[number];
type Form = HeldForm<Deed>;
const WORDS = { approve: "edit", reject: "reject", comments: "comment" } as const;
const DONE = { approve: "approved", reject: "rejected", comments: "commented" } as const;

/** Approve, change and approve, reject, or say something. What the server refuses stays as it is. */
export function Decide({ held }: { held: HeldReply }) {
  const { t } = useTranslation();
  const me = useMe();
  const deed = useHeldDeed(held);
  const [form, setForm] = useState<Form | null>(() => leftForm(me.id, held, FORMS));
  const [crossed, setCrossed] = useState<HeldDeed | null>(null);
  const send = (asked: HeldDeed, done: string) =>
    // What is decided leaves the queue, often before the answer is there.
    deed.mutateAsync(asked).then(
      () => {
        setForm(null);
        setCrossed(null);
        notifyDone(t(`coaching.done.${done}`));
      },
      (error) => setCrossed(isCrossed(error) ? asked : null),
    );
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
    const { deed: name, place, revision } = form;
    // What was read when the form was opened is what is decided on, never what it became meanwhile.
    const asked = (words: string): HeldDeed => {
      if (name === "reject") return { deed: name, comment: words, revision, place };
      if (name === "comments") return { deed: name, text: words, revision, place };
      return { deed: name, text: words, answers_seen: held.answers_seen, revision, place };
    };
    return (
      <>
        {held.revision !== revision && (
          <Changed held={held} onGoOn={() => setForm({ ...form, revision: held.revision })} />
        )}
        <WordsForm
          key={place}
          place={place}
          label={t(`coaching.form.${WORDS[name]}`)}
          text={name === "approve" ? (held.message.content.text ?? "") : ""}
          send={t(`coaching.send.${WORDS[name]}`)}
          busy={deed.isPending}
          onSend={(words) => send(asked(words), DONE[name])}
          onCancel={() => setForm(null)}
        />
      </>
    );
  }
  return (
    <Choices
      held={held}
      busy={deed.isPending}
      onApprove={() => send({ deed: "approve", answers_seen: held.answers_seen }, "approved")}
      onForm={(name) => setForm(heldForm(held, name))}
    />
  );
}

interface ChoicesProps {
  held: HeldReply;
  busy: boolean;
  onApprove(): void;
  onForm(name: Deed): void;
}

function Choices({ held, busy, onApprove, onForm }: ChoicesProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.deeds}>
      <Button
        size="compact-sm"
        leftSection={<Check size={14} />}
        loading={busy}
        onClick={onApprove}
      >
        {t("coaching.approve")}
      </Button>
      {held.editable && (
        <Button variant="default" size="compact-sm" onClick={() => onForm("approve")}>
          {t("coaching.edit")}
        </Button>
      )}
      <Button variant="default" size="compact-sm" onClick={() => onForm("reject")}>
        {t("coaching.reject")}
      </Button>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onForm("comments")}>
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

/** The trainee said it otherwise while one wrote: what it says now, before one decides on that. */
function Changed({ held, onGoOn }: { held: HeldReply; onGoOn(): void }) {
  const { t } = useTranslation();
  return (
    <div className={changed.changed} role="alert">
      <p>{t("coaching.changed.words")}</p>
      <p className={styles.reply} dir="auto">
        {held.message.content.text ?? ""}
      </p>
      <Button variant="default" size="compact-sm" onClick={onGoOn}>
        {t("coaching.changed.goOn")}
      </Button>
    </div>
  );
}
