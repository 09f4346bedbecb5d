import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { isComposing } from "../composer/keys";
import { useDraft } from "../composer/useDraft";
import { useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";

interface FormProps {
  /** Where the words are kept until they are sent or given up. */
  place: string;
  label: string;
  text: string;
  send: string;
  busy: boolean;
  onSend(text: string): void;
  onCancel(): void;
}

/** A text and what is done with it; Esc gives up, Ctrl+Enter sends. */
export function WordsForm({ place, label, text, send, busy, onSend, onCancel }: FormProps) {
  const { t } = useTranslation();
  const [kept, keep] = useDraft(useMe().id, place);
  const [words, setWords] = useState(kept || text);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (words.trim() && !busy) onSend(words);
  };
  const cancel = () => {
    keep("");
    onCancel();
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
        onChange={(event) => {
          setWords(event.currentTarget.value);
          keep(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (isComposing(event)) return;
          if (event.key === "Escape") cancel();
          else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      <div className={styles.deeds}>
        <Button type="submit" size="compact-sm" loading={busy} disabled={!words.trim()}>
          {send}
        </Button>
        <Button variant="default" size="compact-sm" onClick={cancel}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}
