import { Alert, Button } from "@mantine/core";
import { KeyRound, Smartphone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AppSecret } from "../../factor/AppSecret";
import { CodeField } from "../../factor/CodeField";
import styles from "../../factor/Factor.module.css";
import { passkeyName, passkeysWork } from "../../factor/passkey";
import { useCodeForm, wordsOf } from "../../factor/useCodeForm";
import { useStepConfirm, useStepEnrolment, useStepFirstPasskey } from "./queries";
import type { StepProps } from "./SignInStep";

/** Somebody of this level must have a second factor, and has none: they choose which. */
export function EnrolmentStep({ onDone }: StepProps) {
  const { t } = useTranslation();
  const begin = useStepEnrolment();
  const make = useStepFirstPasskey();
  const confirm = useStepConfirm();
  const { form, field, code } = useCodeForm(confirm, onDone);
  const error = begin.error ?? make.error;
  if (begin.data) {
    return (
      <form className={styles.form} {...form}>
        <AppSecret enrolment={begin.data} />
        <CodeField {...field} label={t("factor.enrol.code")} />
        <Button type="submit" fullWidth loading={confirm.isPending} disabled={!code.trim()}>
          {t("factor.enrol.finish")}
        </Button>
      </form>
    );
  }
  return (
    <>
      {error && (
        <Alert color="red" role="alert" p="xs">
          {wordsOf(error)}
        </Alert>
      )}
      <Button
        fullWidth
        leftSection={<Smartphone size={16} aria-hidden="true" />}
        loading={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {t("factor.setUp")}
      </Button>
      {passkeysWork() && (
        <Button
          variant="default"
          fullWidth
          leftSection={<KeyRound size={16} aria-hidden="true" />}
          loading={make.isPending}
          onClick={() => make.mutate(passkeyName() || "Kefu", { onSuccess: onDone })}
        >
          {t("step.enrolment.passkey")}
        </Button>
      )}
    </>
  );
}
