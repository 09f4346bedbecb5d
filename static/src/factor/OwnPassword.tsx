import { Button, Modal, PasswordInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { keys } from "../api/keys";
import { notifyDone } from "../components/toasts";
import { NewPasswordFields } from "../session/NewPasswordFields";
import { useNewPassword } from "../session/useNewPassword";
import styles from "./Factor.module.css";
import { wordsOf } from "./useCodeForm";
import "../session/words";

/** One's own password, changed with the one that is there. */
export function OwnPassword() {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  return (
    <section className={styles.part}>
      <h2>{t("signIn.password")}</h2>
      <p className={styles.hint}>{t("ownPassword.hint")}</p>
      <Button variant="default" onClick={() => setChanging(true)}>
        {t("ownPassword.change")}
      </Button>
      {changing && <PasswordDialog onClose={() => setChanging(false)} />}
    </section>
  );
}

function PasswordDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [current, setCurrent] = useState("");
  const wanted = useNewPassword();
  const change = useMutation({
    mutationFn: (given: { current: string; password: string }) => api.post("me/password", given),
    onSuccess: () => {
      notifyDone(t("ownPassword.changed"));
      onClose();
      return client.invalidateQueries({ queryKey: keys.session });
    },
  });
  const ready = wanted.ready && current !== "";
  const ofNew = change.error instanceof ApiError && change.error.field === "password";
  // A wrong present password is told by its code; what is wrong with the new one names the field.
  const ofCurrent = change.error !== null && !ofNew && change.variables?.current === current;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate({ current, password: wanted.password });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("ownPassword.change")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <PasswordInput
          data-autofocus
          label={t("ownPassword.current")}
          autoComplete="current-password"
          value={current}
          error={ofCurrent && wordsOf(change.error)}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <NewPasswordFields
          wanted={wanted}
          error={
            ofNew && change.variables?.password === wanted.password ? wordsOf(change.error) : null
          }
        />
        <div className={styles.deeds}>
          <Button type="submit" loading={change.isPending} disabled={!ready}>
            {t("ownPassword.change")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
