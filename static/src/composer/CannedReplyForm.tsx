import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { notifyDone } from "../components/toasts";
import classes from "./Composer.module.css";
import { type NewCannedReply, useSaveCannedReply } from "./useCannedReplies";

const fields: readonly string[] = ["shortcut", "title", "text"];

function useCannedReplyForm(initial: string, onDone: () => void) {
  const { t } = useTranslation();
  const [reply, setReply] = useState<NewCannedReply>({ shortcut: "", title: "", text: initial });
  const save = useSaveCannedReply();
  const refusal = save.error instanceof ApiError ? save.error : null;
  // Which field a refusal is about is said at that field; any other above the button.
  const errorOf = (field: string) =>
    refusal?.field === field ? [refusal.message, refusal.remedy].filter(Boolean).join(" ") : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { ...reply, title: reply.title.trim() },
      {
        onSuccess: () => {
          notifyDone(t("composer.save.done", { shortcut: reply.shortcut }));
          onDone();
        },
      },
    );
  };
  const general = save.error && !fields.includes(refusal?.field ?? "") ? save.error.message : null;
  const set = (change: Partial<NewCannedReply>) => setReply({ ...reply, ...change });
  const complete = Boolean(reply.shortcut && reply.title.trim() && reply.text.trim());
  return { reply, set, submit, errorOf, general, complete, pending: save.isPending };
}

interface FormProps {
  text: string;
  onDone(): void;
}

/** A personal canned reply: what to type for it, what it is called, what it says. */
export function CannedReplyForm({ text, onDone }: FormProps) {
  const { t } = useTranslation();
  const form = useCannedReplyForm(text, onDone);
  return (
    <form className={classes.saveForm} onSubmit={form.submit}>
      <TextInput
        label={t("composer.save.shortcut")}
        leftSection="/"
        value={form.reply.shortcut}
        onChange={(event) =>
          form.set({ shortcut: event.currentTarget.value.replace(/[\s/]/g, "") })
        }
        error={form.errorOf("shortcut")}
        required
        data-autofocus
      />
      <TextInput
        label={t("composer.save.title")}
        value={form.reply.title}
        onChange={(event) => form.set({ title: event.currentTarget.value })}
        error={form.errorOf("title")}
        required
      />
      <Textarea
        label={t("composer.save.text")}
        value={form.reply.text}
        onChange={(event) => form.set({ text: event.currentTarget.value })}
        error={form.errorOf("text")}
        rows={4}
        required
      />
      {form.general && (
        <p className={classes.trouble} role="alert">
          {form.general}
        </p>
      )}
      <Button type="submit" loading={form.pending} disabled={!form.complete}>
        {t("composer.save.submit")}
      </Button>
    </form>
  );
}
