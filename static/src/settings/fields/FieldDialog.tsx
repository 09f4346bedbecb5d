import { Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import type { CustomField } from "../../card/queries";
import { FormDeeds } from "../../components/FormDeeds";
import { FormRefusal } from "../../components/FormRefusal";
import { Tick } from "../../components/Tick";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import { type FieldWish, useSaveField } from "./changes";
import { linesOf, optionsOf } from "./options";

const TYPES = ["text", "number", "date", "boolean", "choice", "url"] as const;

interface DialogProps {
  /** Null for a new one. */
  field: CustomField | null;
  onClose(): void;
}

/** What it asks, of which type; key, type and whether it can be filtered by are set once. */
export function FieldDialog({ field, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [body, setBody] = useState<FieldWish>(() => ({
    region_id: field?.region_id ?? regions[0]?.id ?? 0,
    key: field?.key ?? "",
    label: field?.label ?? "",
    type: field?.type ?? "text",
    options: field?.options ?? [],
    required: field?.required ?? false,
    filterable: field?.filterable ?? true,
  }));
  const known = field?.options ?? [];
  const [lines, setLines] = useState(linesOf(known));
  const save = useSaveField();
  const refusal = save.error instanceof ApiError ? save.error : null;
  const errorOf = (name: string) =>
    refusal?.field?.split(".")[0] === name
      ? [refusal.message, refusal.remedy].filter(Boolean).join(" ")
      : null;
  const done = () => {
    notifyDone(t("settings.saved"));
    onClose();
  };
  const set = (change: Partial<FieldWish>) => setBody({ ...body, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wish = { id: field?.id ?? null, body: { ...body, options: optionsOf(lines, known) } };
    save.mutate(wish, { onSuccess: done });
  };
  const said = ["label", "key", "options"].some((name) => errorOf(name));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(field ? "settings.fields.edit" : "settings.fields.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={submit}>
        <Called body={body} known={field !== null} errorOf={errorOf} onChange={set} />
        {body.type === "choice" && (
          <Textarea
            label={t("settings.fields.options")}
            description={t("settings.fields.optionsHint")}
            minRows={3}
            value={lines}
            error={errorOf("options")}
            onChange={(event) => setLines(event.currentTarget.value)}
          />
        )}
        {!field && regions.length > 1 && (
          <NativeSelect
            label={t("settings.tags.region")}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(body.region_id)}
            onChange={(event) => set({ region_id: Number(event.currentTarget.value) })}
          />
        )}
        <Tick checked={body.required} onChange={(required) => set({ required })}>
          {t("settings.fields.required")}
        </Tick>
        {!field && (
          <Tick checked={!body.filterable} onChange={(sealed) => set({ filterable: !sealed })}>
            {t("settings.fields.seal")}
          </Tick>
        )}
        {save.error && !said && <FormRefusal error={save.error} />}
        <FormDeeds
          onClose={onClose}
          disabled={!body.label.trim() || !body.key.trim()}
          loading={save.isPending}
        >
          {t("settings.tags.save")}
        </FormDeeds>
      </form>
    </Modal>
  );
}

interface CalledProps {
  body: FieldWish;
  known: boolean;
  errorOf(name: string): string | null;
  onChange(change: Partial<FieldWish>): void;
}

/** What it is called, for people and for programs, and of which type it is. */
function Called({ body, known, errorOf, onChange }: CalledProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        data-autofocus
        label={t("settings.fields.label")}
        maxLength={60}
        value={body.label}
        error={errorOf("label")}
        onChange={(event) => onChange({ label: event.currentTarget.value })}
      />
      <TextInput
        label={t("settings.fields.key")}
        description={t("settings.fields.keyHint")}
        maxLength={40}
        disabled={known}
        value={body.key}
        error={errorOf("key")}
        onChange={(event) => onChange({ key: event.currentTarget.value.toLowerCase() })}
      />
      <NativeSelect
        label={t("settings.fields.typeLabel")}
        disabled={known}
        data={TYPES.map((value) => ({ value, label: t(`settings.fields.type.${value}`) }))}
        value={body.type}
        onChange={(event) => onChange({ type: event.currentTarget.value })}
      />
    </>
  );
}
