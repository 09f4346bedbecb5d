import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import { Choices } from "../keys/Choices";
import styles from "../replies/Prepared.module.css";
import { useAddSubscription, useKinds } from "./queries";

const FIELDS = ["name", "url", "kinds"];

interface DialogProps {
  onMade(secret: string): void;
  onClose(): void;
}

/** Which address is told of what. */
export function SubscriptionDialog({ onMade, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const known = useKinds().data?.results ?? [];
  const add = useAddSubscription();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [kinds, setKinds] = useState<string[]>([]);
  const [region, setRegion] = useState(String(regions[0]?.id ?? ""));
  const refusal = add.error instanceof ApiError ? add.error : null;
  const about = refusal?.field?.split(".")[0] ?? "";
  const errorOf = (field: string) => (about === field ? (refusal?.message ?? null) : null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { region_id: Number(region), name, url, kinds },
      { onSuccess: ({ secret }) => onMade(secret) },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("exchange.subscriptions.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={submit}>
        <div className={styles.two}>
          <TextInput
            label={t("exchange.field.name")}
            required
            maxLength={80}
            value={name}
            error={errorOf("name")}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <NativeSelect
            label={t("exchange.field.region")}
            value={region}
            data={regions.map((one) => ({ value: String(one.id), label: one.name }))}
            onChange={(event) => setRegion(event.currentTarget.value)}
          />
        </div>
        <TextInput
          label={t("exchange.field.url")}
          required
          placeholder="https://"
          maxLength={500}
          value={url}
          error={errorOf("url")}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Choices
          label={t("exchange.field.kinds")}
          offered={known.map((one) => ({ value: one.name, words: one.words }))}
          value={kinds}
          error={errorOf("kinds")}
          onChange={setKinds}
        />
        {refusal && !FIELDS.includes(about) && (
          <p role="alert" className={quick.refusal}>
            {[refusal.message, refusal.remedy].filter(Boolean).join(" ")}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={kinds.length === 0}>
            {t("exchange.subscribe")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
