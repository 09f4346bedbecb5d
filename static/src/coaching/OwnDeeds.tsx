import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldReply, Message } from "../api/types";
import { useThread } from "../thread/context";
import styles from "./Coaching.module.css";
import { useHeldDeed } from "./queries";

/** What its author does with a reply: change it or take it back while it waits, write it anew once it was rejected. */
export function OwnDeeds({ held, message }: { held: HeldReply; message: Message }) {
  const { t } = useTranslation();
  const { actions, canReply } = useThread();
  const deed = useHeldDeed(held);
  const [form, setForm] = useState<"revise" | "comments" | null>(null);
  if (held.state === "rejected" || held.state === "withdrawn") {
    const again = canReply && message.kind === "text";
    return again ? (
      <div className={styles.deeds}>
        <Button variant="default" size="compact-sm" onClick={() => actions.edit(message)}>
          {t("coaching.rewrite")}
        </Button>
      </div>
    ) : null;
  }
  if (held.state !== "waiting") return null;
  if (form) {
    const text = form === "revise" ? (message.content.text ?? "") : "";
    return (
      <WordsForm
        label={t(form === "revise" ? "coaching.yourText" : "coaching.comment")}
        text={text}
        send={t(form === "revise" ? "action.save" : "coaching.sendComment")}
        onSend={(words) =>
          deed.mutate({ deed: form, text: words }, { onSuccess: () => setForm(null) })
        }
        onCancel={() => setForm(null)}
        busy={deed.isPending}
      />
    );
  }
  return (
    <div className={styles.deeds}>
      {held.editable && (
        <Button variant="default" size="compact-sm" onClick={() => setForm("revise")}>
          {t("coaching.revise")}
        </Button>
      )}
      <Button variant="default" size="compact-sm" onClick={() => setForm("comments")}>
        {t("coaching.comment")}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        loading={deed.isPending}
        onClick={() => deed.mutate({ deed: "withdraw" })}
      >
        {t("coaching.withdraw")}
      </Button>
    </div>
  );
}

interface FormProps {
  label: string;
  text: string;
  send: string;
  busy: boolean;
  onSend(text: string): void;
  onCancel(): void;
}

/** A text and what is done with it; Esc gives up, Ctrl+Enter sends. */
export function WordsForm({ label, text, send, busy, onSend, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(text);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (words.trim()) onSend(words);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        aria-label={label}
        placeholder={label}
        value={words}
        dir="auto"
        autosize
        minRows={2}
        maxRows={8}
        autoFocus
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") onCancel();
          else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <div className={styles.deeds}>
        <Button type="submit" size="compact-sm" loading={busy} disabled={!words.trim()}>
          {send}
        </Button>
        <Button variant="default" size="compact-sm" onClick={onCancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
