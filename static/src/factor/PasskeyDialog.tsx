import { Button, Modal, PasswordInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Factor.module.css";
import { passkeyName } from "./passkey";
import { useAddPasskey } from "./passkeyQueries";
import { wordsOf } from "./useCodeForm";

interface PasskeyDialogProps {
  first: boolean;
  onDone(codes: string[]): void;
  onClose(): void;
}

/** A name, and the password where there is no factor yet; then the browser asks. */
export function PasskeyDialog({ first, onDone, onClose }: PasskeyDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(passkeyName);
  const [password, setPassword] = useState("");
  const add = useAddPasskey();
  const ready = name.trim() !== "" && (!first || password !== "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const given = { name: name.trim(), password };
    add.mutate(given, { onSuccess: ({ codes }) => onDone(codes) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("passkey.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("passkey.name")}
          description={t("passkey.nameHint")}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {first && (
          <PasswordInput
            label={t("signIn.password")}
            autoComplete="current-password"
            value={password}
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        )}
        {add.error && (
          <p role="alert" className={styles.low}>
            {wordsOf(add.error)}
          </p>
        )}
        <div className={styles.deeds}>
          <Button type="submit" loading={add.isPending} disabled={!ready}>
            {t("passkey.go")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
