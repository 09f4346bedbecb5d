import { Button, Modal, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLateEnter } from "../components/useLateEnter";
import { AppSecret } from "./AppSecret";
import { CodeField } from "./CodeField";
import styles from "./Factor.module.css";
import { type Enrolment, useBegin, useConfirm } from "./queries";
import { useCodeForm, wordsOf } from "./useCodeForm";

interface EnrolDialogProps {
  onDone(codes: string[]): void;
  onClose(): void;
}

/** First the password, then the app and its first code. */
export function EnrolDialog({ onDone, onClose }: EnrolDialogProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Enrolment | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("factor.setUp")}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {begun ? (
        <App
          begun={begun}
          onDone={(codes) => {
            onDone(codes);
            onClose();
          }}
        />
      ) : (
        <Password onBegun={setBegun} />
      )}
    </Modal>
  );
}

function Password({ onBegun }: { onBegun(begun: Enrolment): void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const begin = useBegin();
  const send = () => {
    if (password) begin.mutate(password, { onSuccess: onBegun });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const asSent = password === begin.variables;
  const late = useLateEnter({ busy: begin.isPending, changed: begin.isError && !asSent, send });
  return (
    <form className={styles.form} onSubmit={submit} onKeyDown={late.onKeyDown}>
      <p className={styles.hint}>{t("factor.enrol.passwordHint")}</p>
      <PasswordInput
        data-autofocus
        label={t("signIn.password")}
        autoComplete="current-password"
        value={password}
        error={asSent && wordsOf(begin.error)}
        visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword"), tabIndex: 0 }}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div className={styles.deeds}>
        <Button type="submit" loading={begin.isPending} disabled={!password}>
          {t("factor.enrol.next")}
        </Button>
      </div>
    </form>
  );
}

function App({ begun, onDone }: { begun: Enrolment; onDone(codes: string[]): void }) {
  const { t } = useTranslation();
  const confirm = useConfirm();
  const { form, field, code } = useCodeForm(confirm, ({ codes }) => onDone(codes));
  return (
    <form className={styles.form} {...form}>
      <AppSecret enrolment={begun} />
      <CodeField {...field} label={t("factor.enrol.code")} />
      <div className={styles.deeds}>
        <Button type="submit" loading={confirm.isPending} disabled={!code.trim()}>
          {t("factor.enrol.finish")}
        </Button>
      </div>
    </form>
  );
}
