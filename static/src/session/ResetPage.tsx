import { Alert, Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ApiError, api } from "../api/client";
import { wordsOf } from "../factor/useCodeForm";
import { NewPasswordFields } from "./NewPasswordFields";
import styles from "./SignIn.module.css";
import { SignInCard } from "./SignInCard";
import { useNewPassword } from "./useNewPassword";

interface ResetPageProps {
  who: string;
  token: string;
}

/** Where the link of the e-mail leads. */
export default function ResetPage({ who, token }: ResetPageProps) {
  const { t } = useTranslation();
  const wanted = useNewPassword();
  const { password, ready } = wanted;
  const reset = useMutation({
    mutationFn: (wanted: string) =>
      api.post("password-reset/confirm", { who, token, password: wanted }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) reset.mutate(password);
  };
  const ofPassword = reset.error instanceof ApiError && reset.error.field === "password";
  return (
    <SignInCard title={t("reset.title")} lead={t("reset.lead")}>
      {reset.error && !ofPassword && (
        <Alert color="red" role="alert" className={styles.problem}>
          {wordsOf(reset.error)} <Link href="/forgot-password">{t("reset.again")}</Link>
        </Alert>
      )}
      {reset.isSuccess ? (
        <Alert role="status" className={styles.problem} title={t("reset.done")}>
          {t("reset.doneHint")}
        </Alert>
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <NewPasswordFields
            autoFocus
            wanted={wanted}
            error={ofPassword && reset.variables === password ? wordsOf(reset.error) : null}
          />
          <Button type="submit" fullWidth loading={reset.isPending} disabled={!ready}>
            {t("reset.submit")}
          </Button>
        </form>
      )}
      <Link href="/sign-in" className={styles.link}>
        {t("reset.toSignIn")}
      </Link>
    </SignInCard>
  );
}
