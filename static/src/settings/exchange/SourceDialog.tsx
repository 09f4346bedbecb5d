import { Modal, NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { FormDeeds } from "../../components/FormDeeds";
import { FormRefusal } from "../../components/FormRefusal";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import styles from "../replies/Prepared.module.css";
import { type Kind, NAME_MAX, NEEDED } from "./kinds";
import { type Source, useAddSource } from "./queries";

interface DialogProps {
  /** `secret`: of the webhooks it sends; a shop is read, and sends none. */
  onMade(source: Source, secret: string | null): void;
  onClose(): void;
}

/** Which fields a kind of system asks for, what was given, and the sending of it. */
function useSourceForm(onMade: DialogProps["onMade"]) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const add = useAddSource();
  const [kind, setKind] = useState<Kind>("webhook");
  const [given, setGiven] = useState<Record<string, string>>({});
  const [region, setRegion] = useState(String(regions[0]?.id ?? ""));
  const refusal = add.error instanceof ApiError ? add.error : null;
  const about = refusal?.field?.replace("credentials.", "") ?? "";
  const needed = NEEDED[kind];
  const fields = [...(needed.length ? ["base_url", "country", ...needed] : []), "name", "code"];
  const field = (name: string) => ({
    label: t(`exchange.field.${name}`),
    value: given[name] ?? "",
    error: about === name ? (refusal?.message ?? null) : null,
    onChange: (event: { currentTarget: { value: string } }) =>
      setGiven({ ...given, [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name = "", code = "", base_url = "", country = "" } = given;
    const credentials = Object.fromEntries(needed.map((one) => [one, given[one] ?? ""]));
    const known = needed.length ? { credentials } : {};
    add.mutate(
      { region_id: Number(region), kind, name, code, base_url, country, ...known },
      { onSuccess: ({ source, secret }) => onMade(source, needed.length ? null : secret) },
    );
  };
  const elsewhere = refusal && !fields.includes(about) ? refusal : null;
  return {
    regions,
    add,
    kind,
    setKind,
    region,
    setRegion,
    needed,
    field,
    submit,
    elsewhere,
  };
}

/** How a system is called, where it is, and what it is read with. */
export function SourceDialog({ onMade, onClose }: DialogProps) {
  const { t } = useTranslation();
  const form = useSourceForm(onMade);
  const { regions, kind, region, needed, field } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("exchange.sources.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <div className={styles.two}>
          <NativeSelect
            label={t("exchange.field.kind")}
            value={kind}
            data={Object.keys(NEEDED).map((value) => ({
              value,
              label: t(`exchange.kind.${value}`),
            }))}
            onChange={(event) => form.setKind(event.currentTarget.value as Kind)}
            data-autofocus
          />
          <NativeSelect
            label={t("exchange.field.region")}
            value={region}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            onChange={(event) => form.setRegion(event.currentTarget.value)}
          />
        </div>
        <div className={styles.two}>
          <TextInput required maxLength={NAME_MAX} {...field("name")} />
          <TextInput
            required
            maxLength={40}
            placeholder="shop"
            description={t("exchange.codeHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            {...field("code")}
          />
        </div>
        {needed.length > 0 && (
          <div className={styles.two}>
            <TextInput required placeholder="https://" {...field("base_url")} />
            <TextInput maxLength={2} placeholder="HK" {...field("country")} />
          </div>
        )}
        {needed.map((name) => (
          <PasswordInput
            key={name}
            required
            autoComplete="off"
            visibilityToggleButtonProps={{ "aria-label": t("exchange.show"), tabIndex: 0 }}
            {...field(name)}
          />
        ))}
        {form.elsewhere && <FormRefusal error={form.elsewhere} />}
        <FormDeeds onClose={onClose} loading={form.add.isPending}>
          {t("exchange.connect")}
        </FormDeeds>
      </form>
    </Modal>
  );
}
