import { Button, Modal, NumberInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { permissionName } from "../../access/rightWords";
import { ApiError } from "../../api/client";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import styles from "../replies/Prepared.module.css";
import { Choices } from "./Choices";
import { useMakeKey } from "./queries";

const FIELDS = ["name", "days", "regions", "permissions", "addresses"];
const NAME_MAX = 80;
/** A key makes no keys. */
const NEVER = "key.make";

interface DialogProps {
  longest: number;
  onMade(secret: string): void;
  onClose(): void;
}

/** Their own permissions by their words, in the order of those. */
function useOwnPermissions() {
  const { t, i18n } = useTranslation();
  return useMe()
    .permissions.filter((name) => name !== NEVER)
    .map((value) => ({ value, words: permissionName(value, t) }))
    .sort((one, other) => one.words.localeCompare(other.words, i18n.language));
}

function useMaking({ longest, onMade }: DialogProps) {
  const me = useMe();
  const offered = useOwnPermissions();
  const [name, setName] = useState("");
  const [days, setDays] = useState<number | string>(longest);
  const [regions, setRegions] = useState(
    me.regions.length === 1 ? [String(me.regions[0]?.id)] : [],
  );
  const [permissions, setPermissions] = useState<string[]>([]);
  const [addresses, setAddresses] = useState("");
  const make = useMakeKey();
  const refusal = make.error instanceof ApiError ? make.error : null;
  // A list's refusal names the place in it too: `addresses.0`.
  const about = refusal?.field?.split(".")[0] ?? "";
  const errorOf = (field: string) => (about === field ? (refusal?.message ?? null) : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sources = addresses.split(/[\s,]+/).filter(Boolean);
    const body = { name, days: Number(days), regions: regions.map(Number), permissions };
    make.mutate({ ...body, addresses: sources }, { onSuccess: ({ secret }) => onMade(secret) });
  };
  return {
    name: { value: name, onChange: setName },
    days: { value: days, onChange: setDays },
    regions: { value: regions, onChange: setRegions },
    permissions: { value: permissions, onChange: setPermissions },
    addresses: { value: addresses, onChange: setAddresses },
    offered,
    errorOf,
    other: refusal && !FIELDS.includes(about) ? refusal : null,
    complete: Boolean(name.trim() && days && regions.length && permissions.length),
    busy: make.isPending,
    submit,
  };
}

/** How a new key is called, how far it reaches, and until when. */
export function KeyDialog(props: DialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { name, days, regions, permissions, addresses, errorOf, other, ...form } = useMaking(props);
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="lg"
      title={t("keysPage.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <div className={styles.two}>
          <TextInput
            label={t("keysPage.new.name")}
            placeholder={t("keysPage.new.namePlaceholder")}
            maxLength={NAME_MAX}
            value={name.value}
            error={errorOf("name")}
            onChange={(event) => name.onChange(event.currentTarget.value)}
            data-autofocus
          />
          <NumberInput
            label={t("keysPage.new.days")}
            description={t("keysPage.new.daysHint", { n: props.longest })}
            inputWrapperOrder={["label", "input", "description", "error"]}
            min={1}
            max={props.longest}
            allowDecimal={false}
            error={errorOf("days")}
            {...days}
          />
        </div>
        <Choices
          label={t("keysPage.new.regions")}
          offered={me.regions.map(({ id, name: words }) => ({ value: String(id), words }))}
          error={errorOf("regions")}
          {...regions}
        />
        <Choices
          label={t("keysPage.new.permissions")}
          hint={t("keysPage.new.permissionsHint")}
          offered={form.offered}
          error={errorOf("permissions")}
          {...permissions}
        />
        <Textarea
          label={t("keysPage.new.addresses")}
          description={t("keysPage.new.addressesHint")}
          autosize
          minRows={2}
          maxRows={6}
          value={addresses.value}
          error={errorOf("addresses")}
          onChange={(event) => addresses.onChange(event.currentTarget.value)}
        />
        {other && (
          <p role="alert" className={quick.refusal}>
            {[other.message, other.remedy].filter(Boolean).join(" ")}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={form.busy} disabled={!form.complete}>
            {t("keysPage.new.make")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
