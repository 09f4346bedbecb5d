import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Session, SignInStep as Step } from "../../api/types";
import { SignInCard } from "../SignInCard";
import { CodeStep } from "./CodeStep";
import { DeviceStep } from "./DeviceStep";
import { EnrolmentStep } from "./EnrolmentStep";
import { NewPasswordStep } from "./NewPasswordStep";
import { PasskeyStep } from "./PasskeyStep";

export interface StepProps {
  step: Step;
  onDone(session: Session): void;
}

const STEPS = {
  factor: CodeStep,
  enrolment: EnrolmentStep,
  password: NewPasswordStep,
  passkey: PasskeyStep,
  device: DeviceStep,
};

/** What is asked for after the password, one thing at a time. */
export function SignInStep({ step, onDone, onBack }: StepProps & { onBack(): void }) {
  const { t } = useTranslation();
  const Part = STEPS[step.name];
  return (
    <SignInCard title={t(`step.${step.name}.title`)} lead={t(`step.${step.name}.lead`)}>
      <Part step={step} onDone={onDone} />
      <Button variant="subtle" size="compact-sm" onClick={onBack}>
        {t("step.back")}
      </Button>
    </SignInCard>
  );
}
