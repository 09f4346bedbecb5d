import { Autocomplete, Button, Modal, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { dotOf } from "../../card/dot";
import type { Tag } from "../../card/queries";
import tagStyles from "../../card/Tags.module.css";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import { type TagWish, useSaveTag } from "./changes";

const COLOURS = [
  "gray",
  "red",
  "orange",
  "yellow",
  "lime",
  "green",
  "teal",
  "cyan",
  "blue",
  "indigo",
  "grape",
  "pink",
] as const;
const SCOPES = ["both", "contact", "conversation"] as const;

interface DialogProps {
  /** Null for a new one. */
  tag: Tag | null;
  groups: string[];
  onClose(): void;
}

function useTagForm({ tag, onClose }: Omit<DialogProps, "groups">) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [body, setBody] = useState<TagWish>(() => ({
    name: tag?.name ?? "",
    colour: tag?.colour ?? "gray",
    group: tag?.group ?? "",
    description: tag?.description ?? "",
    scope: tag?.scope ?? "both",
    region_id: tag?.region_id ?? regions[0]?.id ?? 0,
  }));
  const save = useSaveTag();
  const refusal = save.error instanceof ApiError ? save.error : null;
  const errorOf = (field: string) =>
    refusal?.field === field ? [refusal.message, refusal.remedy].filter(Boolean).join(" ") : null;
  const set = (change: Partial<TagWish>) => setBody({ ...body, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      notifyDone(t("settings.saved"));
      onClose();
    };
    save.mutate({ id: tag?.id ?? null, body }, { onSuccess: done });
  };
  const general = save.error && !errorOf("name") ? (refusal?.message ?? t("error.unknown")) : null;
  return { body, set, submit, errorOf, general, pending: save.isPending };
}

/** What a tag is called, how it looks, and what it is for. */
export function TagDialog(props: DialogProps) {
  const { t } = useTranslation();
  const { tag, groups, onClose } = props;
  const { regions } = useMe();
  const form = useTagForm(props);
  const { body, set, errorOf } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(tag ? "settings.tags.edit" : "settings.tags.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <TextInput
          data-autofocus
          label={t("settings.tags.label")}
          maxLength={60}
          value={body.name}
          error={errorOf("name")}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("settings.tags.colour")}
          leftSection={<span className={tagStyles.dot} style={dotOf(body.colour)} />}
          data={COLOURS.map((value) => ({ value, label: t(`settings.tags.colours.${value}`) }))}
          value={body.colour}
          onChange={(event) => set({ colour: event.currentTarget.value })}
        />
        <Autocomplete
          label={t("settings.tags.group")}
          data={groups}
          maxLength={60}
          value={body.group}
          onChange={(group) => set({ group })}
        />
        <NativeSelect
          label={t("settings.tags.for")}
          data={SCOPES.map((value) => ({ value, label: t(`settings.tags.scope.${value}`) }))}
          value={body.scope}
          onChange={(event) => set({ scope: event.currentTarget.value })}
        />
        {!tag && regions.length > 1 && (
          <NativeSelect
            label={t("settings.tags.region")}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(body.region_id)}
            onChange={(event) => set({ region_id: Number(event.currentTarget.value) })}
          />
        )}
        <Textarea
          label={t("settings.tags.description")}
          maxLength={500}
          value={body.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        {form.general && (
          <p className={quick.refusal} role="alert">
            {form.general}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!body.name.trim()} loading={form.pending}>
            {t("settings.tags.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
