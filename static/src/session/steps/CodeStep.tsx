import { Alert, Button, Checkbox } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CodeField } from "../../factor/CodeField";
import styles from "../../factor/Factor.module.css";
import { passkeysWork } from "../../factor/passkey";
import { useCodeForm, wordsOf } from "../../factor/useCodeForm";
import { useStepCode, useStepPasskey } from "./queries";
import type { StepProps } from "./SignInStep";
import "../../mantineLater";

/** The second factor: the passkey where there is one, a code of the app, or a recovery code. */
export function CodeStep({ step, onDone }: StepProps) {
  const { t } = useTranslation();
  const [trust, setTrust] = useState(false);
  const give = useStepCode(trust);
  const show = useStepPasskey(trust);
  const { form, field, code } = useCodeForm(give, onDone);
  const withPasskey = step.methods.includes("passkey") && passkeysWork();
  const withApp = step.methods.includes("totp");
  const byOther = withApp || step.methods.includes("recovery");
  const [byCode, setByCode] = useState(!withPasskey && byOther);
  return (
    <>
      {step.trust_days > 0 && (
        <Checkbox
          label={t("step.factor.trust", { count: step.trust_days })}
          description={t("step.factor.trustHint")}
          checked={trust}
          onChange={(event) => setTrust(event.currentTarget.checked)}
        />
      )}
      {withPasskey && (
        <Button
          fullWidth
          leftSection={<KeyRound size={16} aria-hidden="true" />}
          loading={show.isPending}
          onClick={() => show.mutate(undefined, { onSuccess: onDone })}
        >
          {t("step.factor.passkey")}
        </Button>
      )}
      {show.error && (
        <Alert color="red" role="alert" p="xs">
          {wordsOf(show.error)}
        </Alert>
      )}
      {!byOther && !withPasskey && <Alert color="red">{t("passkey.notHere")}</Alert>}
      {byCode && (
        <form className={styles.form} {...form}>
          <CodeField words {...field} label={t(withApp ? "factor.code" : "step.factor.recovery")} />
          <Button
            type="submit"
            variant={withPasskey ? "default" : "filled"}
            fullWidth
            loading={give.isPending}
            disabled={!code.trim()}
          >
            {t("step.factor.submit")}
          </Button>
        </form>
      )}
      {!byCode && byOther && (
        <Button variant="default" fullWidth onClick={() => setByCode(true)}>
          {t(withApp ? "step.factor.byCode" : "step.factor.byRecovery")}
        </Button>
      )}
    </>
  );
}
