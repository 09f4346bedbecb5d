import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { wordsOf } from "../../factor/useCodeForm";
import { useStepDevice } from "./queries";
import type { StepProps } from "./SignInStep";

/** This browser is new: a link is mailed, or an admin confirms it. Asking again also looks whether that has happened. */
export function DeviceStep({ step, onDone }: StepProps) {
  const { t } = useTranslation();
  const ask = useStepDevice();
  const way = step.methods.includes("mail") ? "mail" : "admin";
  const send = () =>
    ask.mutate(undefined, { onSuccess: (session) => session.user && onDone(session) });
  return (
    <>
      {ask.error && (
        <Alert color="red" role="alert" p="xs">
          {wordsOf(ask.error)}
        </Alert>
      )}
      {ask.isSuccess && (
        <Alert role="status" p="xs" title={t(`step.device.${way}.asked`)}>
          {t(`step.device.${way}.hint`)}
        </Alert>
      )}
      <Button fullWidth loading={ask.isPending} onClick={send}>
        {t(ask.isSuccess ? "step.device.again" : `step.device.${way}.submit`)}
      </Button>
    </>
  );
}
