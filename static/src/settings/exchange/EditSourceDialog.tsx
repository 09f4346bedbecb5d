import { Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { FormDeeds } from "../../components/FormDeeds";
import { FormRefusal } from "../../components/FormRefusal";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { type Kind, NAME_MAX, NEEDED } from "./kinds";
import { type Source, useEditSource } from "./queries";

interface DialogProps {
  source: Source;
  onClose(): void;
}

/** Another name for a system, and other credentials for a shop: left empty, it keeps those it has. */
export function EditSourceDialog({ source, onClose }: DialogProps) {
  const { t } = useTranslation();
  const edit = useEditSource();
  const [name, setName] = useState(source.name);
  const [given, setGiven] = useState<Record<string, string>>({});
  const needed = NEEDED[source.kind as Kind];
  const some = needed.some((one) => given[one]);
  const refusal = edit.error instanceof ApiError ? edit.error : null;
  const about = refusal?.field?.replace("credentials.", "") ?? "";
  const errorOf = (field: string) => (about === field ? (refusal?.message ?? null) : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const credentials = Object.fromEntries(needed.map((one) => [one, given[one] ?? ""]));
    const saved = () => {
      notifyDone(t("exchange.changed"));
      onClose();
    };
    edit.mutate({ id: source.id, name, ...(some ? { credentials } : {}) }, { onSuccess: saved });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("exchange.edit", { name: source.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={submit}>
        <TextInput
          label={t("exchange.field.name")}
          required
          maxLength={NAME_MAX}
          value={name}
          error={errorOf("name")}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {needed.length > 0 && <p className={quick.muted}>{t("exchange.credentialsHint")}</p>}
        {needed.map((one) => (
          <PasswordInput
            key={one}
            label={t(`exchange.field.${one}`)}
            required={some}
            autoComplete="off"
            value={given[one] ?? ""}
            error={errorOf(one)}
            visibilityToggleButtonProps={{ "aria-label": t("exchange.show"), tabIndex: 0 }}
            onChange={(event) => setGiven({ ...given, [one]: event.currentTarget.value })}
          />
        ))}
        {refusal && !["name", ...needed].includes(about) && <FormRefusal error={refusal} />}
        <FormDeeds onClose={onClose} loading={edit.isPending}>
          {t("exchange.save")}
        </FormDeeds>
      </form>
    </Modal>
  );
}
