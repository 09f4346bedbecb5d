import { Button, Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { settleFactor } from "./asking";
import { CodeField } from "./CodeField";
import styles from "./Factor.module.css";
import { useGiveCode } from "./queries";
import "./words";

/** Asks for a code; then everything that waited for it goes on. */
export default function FactorDialog() {
  const { t } = useTranslation();
  const [code, setCode] = useState("");
  const give = useGiveCode();
  const refusal = give.error instanceof ApiError ? give.error : null;
  const send = (given: string) => {
    if (give.isPending || !given.trim()) return;
    give.mutate(given, { onSuccess: () => settleFactor(true), onError: () => setCode("") });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <Modal
      opened
      zIndex={400}
      onClose={() => settleFactor(false)}
      title={t("factor.ask.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <p className={styles.hint}>{t("factor.ask.hint")}</p>
        <CodeField
          words
          value={code}
          label={t("factor.code")}
          error={refusal && [refusal.message, refusal.remedy].filter(Boolean).join(" ")}
          onChange={setCode}
          onFull={send}
        />
        <div className={styles.deeds}>
          <Button variant="default" onClick={() => settleFactor(false)}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={give.isPending} disabled={!code.trim()}>
            {t("factor.ask.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
