import { Modal, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { FormDeeds } from "../../components/FormDeeds";
import { FormRefusal } from "../../components/FormRefusal";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import { Choices } from "../keys/Choices";
import styles from "../replies/Prepared.module.css";
import { type Subscription, useAddSubscription, useEditSubscription, useKinds } from "./queries";

const FIELDS = ["name", "url", "kinds"];

interface DialogProps {
  /** The one that is changed; none: another one is made. */
  subscription?: Subscription;
  onMade?(told: { name: string; secret: string }): void;
  onClose(): void;
}

/** What was given, and the sending of it: another subscription, or the change of one. */
function useSubscriptionForm({ subscription, onMade, onClose }: DialogProps, firstRegion?: number) {
  const { t } = useTranslation();
  const add = useAddSubscription();
  const edit = useEditSubscription();
  const [name, setName] = useState(subscription?.name ?? "");
  const [url, setUrl] = useState(subscription?.url ?? "");
  const [kinds, setKinds] = useState<string[]>(subscription?.kinds ?? []);
  const [region, setRegion] = useState(String(subscription?.region_id ?? firstRegion ?? ""));
  const error = add.error ?? edit.error;
  const refusal = error instanceof ApiError ? error : null;
  const about = refusal?.field?.split(".")[0] ?? "";
  const errorOf = (field: string) => (about === field ? (refusal?.message ?? null) : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wish = { region_id: Number(region), name, url, kinds };
    if (!subscription)
      return add.mutate(wish, { onSuccess: ({ secret }) => onMade?.({ name, secret }) });
    const saved = () => {
      notifyDone(t("exchange.changed"));
      onClose();
    };
    // Another address asks for a second factor, so only one that was changed is sent.
    const moved = url === subscription.url ? {} : { url };
    edit.mutate({ id: subscription.id, name, kinds, ...moved }, { onSuccess: saved });
  };
  const elsewhere = refusal && !FIELDS.includes(about) ? refusal : null;
  const busy = add.isPending || edit.isPending;
  return {
    name,
    setName,
    url,
    setUrl,
    kinds,
    setKinds,
    region,
    setRegion,
    errorOf,
    submit,
    elsewhere,
    busy,
  };
}

/** Which address is told of what. */
export function SubscriptionDialog(props: DialogProps) {
  const { subscription, onClose } = props;
  const { t } = useTranslation();
  const { regions } = useMe();
  const known = useKinds().data?.results ?? [];
  const form = useSubscriptionForm(props, regions[0]?.id);
  const { name, url, kinds, region, errorOf } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={
        subscription
          ? t("exchange.edit", { name: subscription.name })
          : t("exchange.subscriptions.add")
      }
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <div className={styles.two}>
          <TextInput
            label={t("exchange.field.name")}
            required
            maxLength={80}
            value={name}
            error={errorOf("name")}
            onChange={(event) => form.setName(event.currentTarget.value)}
            data-autofocus
          />
          <NativeSelect
            label={t("exchange.field.region")}
            value={region}
            disabled={subscription !== undefined}
            data={regions.map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={(event) => form.setRegion(event.currentTarget.value)}
          />
        </div>
        <TextInput
          label={t("exchange.field.url")}
          required
          placeholder="https://"
          maxLength={500}
          value={url}
          error={errorOf("url")}
          onChange={(event) => form.setUrl(event.currentTarget.value)}
        />
        <Choices
          label={t("exchange.field.kinds")}
          offered={known.map((one) => ({ value: one.name, words: one.words }))}
          value={kinds}
          error={errorOf("kinds")}
          onChange={form.setKinds}
        />
        {form.elsewhere && <FormRefusal error={form.elsewhere} />}
        <FormDeeds onClose={onClose} loading={form.busy} disabled={kinds.length === 0}>
          {t(subscription ? "exchange.save" : "exchange.subscribe")}
        </FormDeeds>
      </form>
    </Modal>
  );
}
