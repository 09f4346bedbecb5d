import { Alert, Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { useSession } from "../api/queries";
import { wordsOf } from "../factor/useCodeForm";
import styles from "./SignIn.module.css";
import { SignInCard } from "./SignInCard";

/** Asks for the link; the answer is the same whether or not anybody has the address. */
export default function ForgotPage() {
  const { t } = useTranslation();
  const mail = useSession().data?.mail ?? true;
  const [email, setEmail] = useState(() => localStorage.getItem("kefu.email") ?? "");
  const ask = useMutation({
    mutationFn: (address: string) => api.post("password-reset", { email: address }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim()) ask.mutate(email.trim());
  };
  return (
    <SignInCard title={t("forgot.title")} lead={t(mail ? "forgot.lead" : "forgot.noMail")}>
      {!mail ? null : ask.isSuccess ? (
        <Alert role="status" className={styles.problem} title={t("forgot.asked")}>
          {t("forgot.askedHint", { email: ask.variables })}
        </Alert>
      ) : (
        <form className={styles.form} onSubmit={submit} noValidate>
          <TextInput
            label={t("signIn.email")}
            type="email"
            name="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={email}
            error={ask.variables === email.trim() ? wordsOf(ask.error) : null}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={ask.isPending} disabled={!email.trim()}>
            {t("forgot.submit")}
          </Button>
        </form>
      )}
      <Link href="/sign-in" className={styles.link}>
        {t("step.back")}
      </Link>
    </SignInCard>
  );
}
