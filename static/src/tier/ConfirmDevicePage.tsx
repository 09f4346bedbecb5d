import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { wordsOf } from "../factor/useCodeForm";
import styles from "../session/SignIn.module.css";
import { SignInCard } from "../session/SignInCard";
import { useArrival } from "../session/useSignIn";
import { useConfirmByLink } from "./queries";
import "./words";

/** Where the link of the mail leads. Pressed, not done by itself: mail programs look at links before their owners. */
export default function ConfirmDevicePage({ token }: { token: string }) {
  const { t } = useTranslation();
  const [, goTo] = useLocation();
  const arrive = useArrival();
  const confirm = useConfirmByLink();
  const send = () =>
    confirm.mutate(token, {
      onSuccess: (session) => {
        arrive(session);
        if (session.user) goTo("/", { replace: true });
      },
    });
  return (
    <SignInCard title={t("tier.link.title")} lead={t("tier.link.lead")}>
      {confirm.error && (
        <Alert color="red" role="alert" className={styles.problem}>
          {wordsOf(confirm.error)}
        </Alert>
      )}
      {confirm.isSuccess ? (
        <Alert role="status" className={styles.problem} title={t("tier.link.done")}>
          {t("tier.link.doneHint")}
        </Alert>
      ) : (
        <Button fullWidth loading={confirm.isPending} onClick={send}>
          {t("tier.link.submit")}
        </Button>
      )}
      <Link href="/sign-in" className={styles.link}>
        {t("reset.toSignIn")}
      </Link>
    </SignInCard>
  );
}
