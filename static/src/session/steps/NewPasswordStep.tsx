import { Button } from "@mantine/core";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../factor/Factor.module.css";
import { wordsOf } from "../../factor/useCodeForm";
import { NewPasswordFields } from "../NewPasswordFields";
import { useNewPassword } from "../useNewPassword";
import { useStepPassword } from "./queries";
import type { StepProps } from "./SignInStep";

/** The old one has expired. */
export function NewPasswordStep({ onDone }: StepProps) {
  const { t } = useTranslation();
  const wanted = useNewPassword();
  const { password, ready } = wanted;
  const replace = useStepPassword();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) replace.mutate(password, { onSuccess: onDone });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NewPasswordFields
        autoFocus
        wanted={wanted}
        error={replace.variables === password ? wordsOf(replace.error) : null}
      />
      <Button type="submit" fullWidth loading={replace.isPending} disabled={!ready}>
        {t("step.password.submit")}
      </Button>
    </form>
  );
}
