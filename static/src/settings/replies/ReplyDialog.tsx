import { Autocomplete, Button, Modal, TagsInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import type { CannedReply, CannedReplyBody } from "../../api/types";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { FilledText } from "../../quick/VariableFields";
import { useSaveReply } from "./changes";
import { PlaceFields } from "./PlaceFields";
import styles from "./Prepared.module.css";
import { VARIABLES, VariableButtons } from "./VariableButtons";

const LANGUAGES = ["zh-hant", "en", "ja", "ko", "vi", "th", "id"];
const BUTTONS_MOST = 3;

function startOf(reply: CannedReply | null): Required<CannedReplyBody> {
  return {
    shortcut: reply?.shortcut ?? "",
    title: reply?.title ?? "",
    text: reply?.text ?? "",
    language: reply?.language ?? "",
    buttons: reply?.buttons ?? [],
    region_id: reply?.region_id ?? null,
    team_id: reply?.team?.id ?? null,
    channel_id: reply?.channel_id ?? null,
  };
}

interface DialogProps {
  /** Null for a new one. */
  reply: CannedReply | null;
  onClose(): void;
}

function useReplyForm({ reply, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [body, setBody] = useState(() => startOf(reply));
  const save = useSaveReply();
  const refusal = save.error instanceof ApiError ? save.error : null;
  const errorOf = (field: string) =>
    refusal?.field?.split(".")[0] === field
      ? [refusal.message, refusal.remedy].filter(Boolean).join(" ")
      : null;
  const set = (change: Partial<CannedReplyBody>) => setBody({ ...body, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { id: reply?.id ?? null, body },
      {
        onSuccess: () => {
          notifyDone(t("settings.saved"));
          onClose();
        },
      },
    );
  };
  const known = ["shortcut", "title", "text", "language", "buttons", "team_id", "channel_id"];
  const general = refusal && !known.includes(refusal.field?.split(".")[0] ?? "") ? refusal : null;
  const complete = Boolean(body.shortcut && body.text.trim());
  return { body, set, submit, errorOf, general, complete, pending: save.isPending };
}

/** What a reply says, in which language, with which buttons, and for whom. */
export function ReplyDialog(props: DialogProps) {
  const { t } = useTranslation();
  const form = useReplyForm(props);
  const { body, set, errorOf, general } = form;
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t(props.reply ? "settings.replies.edit" : "settings.replies.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <div className={styles.two}>
          <TextInput
            label={t("settings.replies.shortcut")}
            leftSection="/"
            maxLength={40}
            value={body.shortcut}
            error={errorOf("shortcut")}
            onChange={(event) => set({ shortcut: event.currentTarget.value.replace(/[\s/]/g, "") })}
            data-autofocus
          />
          <TextInput
            label={t("settings.replies.title")}
            maxLength={80}
            value={body.title}
            error={errorOf("title")}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
        </div>
        <Words text={body.text} error={errorOf("text")} onText={(text) => set({ text })} />
        <div className={styles.two}>
          <Autocomplete
            label={t("settings.replies.language")}
            placeholder={t("settings.replies.anyLanguage")}
            data={LANGUAGES}
            value={body.language}
            error={errorOf("language")}
            onChange={(language) => set({ language })}
          />
          <TagsInput
            label={t("settings.replies.buttons")}
            description={t("settings.replies.buttonsHint")}
            maxTags={BUTTONS_MOST}
            value={body.buttons}
            error={errorOf("buttons")}
            onChange={(buttons) => set({ buttons })}
          />
        </div>
        <PlaceFields body={body} onChange={set} errorOf={errorOf} />
        {general && (
          <p className={quick.refusal} role="alert">
            {[general.message, general.remedy].filter(Boolean).join(" ")}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={form.pending} disabled={!form.complete}>
            {t("settings.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface WordsProps {
  text: string;
  error: string | null;
  onText(text: string): void;
}

/** The text, the variables it may hold, and how it will look. */
function Words({ text, error, onText }: WordsProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    onText(`${text.slice(0, at)}{${name}}${text.slice(at)}`);
    field.current?.focus();
  };
  return (
    <>
      <Textarea
        ref={field}
        label={t("settings.replies.text")}
        rows={4}
        maxLength={4096}
        value={text}
        error={error}
        dir="auto"
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <VariableButtons onInsert={insert} />
      {text.includes("{") && <FilledText text={text} values={{}} known={VARIABLES} />}
    </>
  );
}
