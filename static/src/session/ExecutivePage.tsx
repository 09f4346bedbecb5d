import { Alert, Button } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { passkeysWork } from "../factor/passkey";
import { wordsOf } from "../factor/useCodeForm";
import styles from "./SignIn.module.css";
import { SignInCard } from "./SignInCard";
import { useExecutivePasskey } from "./steps/queries";
import { useArrival } from "./useSignIn";

/** The executives' own way in: a passkey, and nothing that asks for a password. */
export default function ExecutivePage() {
  const { t } = useTranslation();
  const arrive = useArrival();
  const show = useExecutivePasskey();
  return (
    <SignInCard title={t("executive.title")} lead={t("executive.lead")}>
      {passkeysWork() ? (
        <Button
          fullWidth
          leftSection={<KeyRound size={16} aria-hidden="true" />}
          loading={show.isPending}
          onClick={() => show.mutate(undefined, { onSuccess: arrive })}
        >
          {t("executive.submit")}
        </Button>
      ) : (
        <Alert role="status" className={styles.problem}>
          {t("executive.nameless")}
        </Alert>
      )}
      {show.error && (
        <Alert color="red" role="alert" className={styles.problem}>
          {wordsOf(show.error)}
        </Alert>
      )}
      <Link href="/sign-in" className={styles.link}>
        {t("executive.ordinary")}
      </Link>
    </SignInCard>
  );
}
