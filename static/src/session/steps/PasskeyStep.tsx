import { Alert, Button } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { passkeyName, passkeysWork } from "../../factor/passkey";
import { wordsOf } from "../../factor/useCodeForm";
import { useStepFirstPasskey } from "./queries";
import type { StepProps } from "./SignInStep";

/** The tier asks everybody for a passkey, and they have none: they make one here. */
export function PasskeyStep({ onDone }: StepProps) {
  const { t } = useTranslation();
  const make = useStepFirstPasskey();
  if (!passkeysWork()) return <Alert color="red">{t("passkey.notHere")}</Alert>;
  return (
    <>
      {make.error && (
        <Alert color="red" role="alert" p="xs">
          {wordsOf(make.error)}
        </Alert>
      )}
      <Button
        fullWidth
        leftSection={<KeyRound size={16} aria-hidden="true" />}
        loading={make.isPending}
        onClick={() => make.mutate(passkeyName() || "Kefu", { onSuccess: onDone })}
      >
        {t("step.passkey.submit")}
      </Button>
    </>
  );
}
