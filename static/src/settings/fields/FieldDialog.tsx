import { Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import type { CustomField } from "../../card/queries";
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

function useFieldForm({ field, onClose }: DialogProps) {
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
  const [lines, setLines] = useState(linesOf(field?.options ?? []));
  const save = useSaveField();
  const refusal = save.error instanceof ApiError ? save.error : null;
  const errorOf = (name: string) =>
    refusal?.field?.split(".")[0] === name
      ? [refusal.message, refusal.remedy].filter(Boolean).join(" ")
      : null;
  const set = (change: Partial<FieldWish>) => setBody({ ...body, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const options = optionsOf(lines, field?.options ?? []);
    const done = () => {
      notifyDone(t("settings.saved"));
      onClose();
    };
    save.mutate({ id: field?.id ?? null, body: { ...body, options } }, { onSuccess: done });
  };
  const said = ["label", "key", "options"].some((name) => errorOf(name));
  const general = save.error && !said ? (refusal?.message ?? t("error.unknown")) : null;
  return { body, set, lines, setLines, submit, errorOf, general, pending: save.isPending };
}

/** What it asks, of which type; key, type and whether it can be filtered by are set once. */
export function FieldDialog(props: DialogProps) {
  const { t } = useTranslation();
  const { field, onClose } = props;
  const form = useFieldForm(props);
  const { body, set, errorOf } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(field ? "settings.fields.edit" : "settings.fields.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <TextInput
          data-autofocus
          label={t("settings.fields.label")}
          maxLength={60}
          value={body.label}
          error={errorOf("label")}
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
        <TextInput
          label={t("settings.fields.key")}
          description={t("settings.fields.keyHint")}
          maxLength={40}
          disabled={field !== null}
          value={body.key}
          error={errorOf("key")}
          onChange={(event) => set({ key: event.currentTarget.value.toLowerCase() })}
        />
        <NativeSelect
          label={t("settings.fields.typeLabel")}
          disabled={field !== null}
          data={TYPES.map((value) => ({ value, label: t(`settings.fields.type.${value}`) }))}
          value={body.type}
          onChange={(event) => set({ type: event.currentTarget.value })}
        />
        {body.type === "choice" && (
          <Textarea
            label={t("settings.fields.options")}
            description={t("settings.fields.optionsHint")}
            minRows={3}
            value={form.lines}
            error={errorOf("options")}
            onChange={(event) => form.setLines(event.currentTarget.value)}
          />
        )}
        <Once field={field} body={body} set={set} />
        {form.general && (
          <p className={quick.refusal} role="alert">
            {form.general}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            type="submit"
            disabled={!body.label.trim() || !body.key.trim()}
            loading={form.pending}
          >
            {t("settings.tags.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface OnceProps {
  field: CustomField | null;
  body: FieldWish;
  set(change: Partial<FieldWish>): void;
}

/** Where it belongs and what is done with its values. */
function Once({ field, body, set }: OnceProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  return (
    <>
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
    </>
  );
}
