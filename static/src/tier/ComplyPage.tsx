import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyError } from "../components/toasts";
import { CodesDialog } from "../factor/CodesDialog";
import { FactorHere } from "../factor/FactorHere";
import { SignInCard } from "../session/SignInCard";
import { useSignOut } from "../session/useSignIn";
import { TierPart } from "./TierPart";
import "./words";

/** The time to meet the tier is over: before anything else goes on, what is lacking is done. Nothing typed is lost. */
export default function ComplyPage() {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[] | null>(null);
  const signOut = useSignOut();
  return (
    <SignInCard title={t("tier.comply.title")} lead={t("tier.comply.lead")}>
      <TierPart onCodes={setCodes} />
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={() => signOut.mutate(undefined, { onError: notifyError })}
      >
        {t("account.signOut")}
      </Button>
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
      <FactorHere />
    </SignInCard>
  );
}
