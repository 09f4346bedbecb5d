import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Lack } from "../api/types";
import { notifyError } from "../components/toasts";
import { EnrolDialog } from "../factor/EnrolDialog";
import styles from "../factor/Factor.module.css";
import { PasskeyDialog } from "../factor/PasskeyDialog";
import { passkeysWork } from "../factor/passkey";
import { useGivePasskey } from "../factor/passkeyQueries";
import { useConfirmDevice, useTier, useTierAgain } from "./queries";
import "./words";

interface TierPartProps {
  onCodes(codes: string[]): void;
}

/** A passkey is a second factor, and counts as shown where it was just made: each is asked for once. */
export function stepsOf(lacks: readonly Lack[]): Lack[] {
  const makes = lacks.includes("passkey");
  return lacks
    .filter((lack) => !makes || (lack !== "second_factor" && lack !== "passkey_shown"))
    .sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
}

// A device is confirmed with a factor, so that one comes first.
const ORDER: readonly Lack[] = ["second_factor", "passkey", "passkey_shown", "known_device"];

/** What the tier in force asks of this session, one thing after the other; nothing where all is met. */
export function TierPart({ onCodes }: TierPartProps) {
  const { t } = useTranslation();
  const tier = useTier();
  const steps = stepsOf((tier?.lacks ?? []) as Lack[]);
  if (!tier || steps.length === 0) return null;
  const bare = (tier.lacks ?? []).includes("second_factor");
  return (
    <section className={styles.part} aria-label={t("tier.part.title")}>
      <h2>{t("tier.part.title")}</h2>
      <p className={styles.hint}>{t("tier.part.lead", { tier: t(`tier.name.${tier.name}`) })}</p>
      <Deed step={steps[0] as Lack} bare={bare} onCodes={onCodes} />
      {steps.length > 1 && (
        <p className={styles.hint}>
          {t("tier.part.then", {
            what: steps
              .slice(1)
              .map((one) => t(`tier.lack.${one}.name`))
              .join(t("tier.part.and")),
          })}
        </p>
      )}
    </section>
  );
}

interface DeedProps extends TierPartProps {
  step: Lack;
  /** They have no factor at all: making one needs the password. */
  bare: boolean;
}

function Deed({ step, bare, onCodes }: DeedProps) {
  const { t } = useTranslation();
  const again = useTierAgain();
  const [opened, setOpened] = useState(false);
  const confirm = useConfirmDevice();
  const show = useGivePasskey();
  const done = { onSuccess: again, onError: notifyError };
  const made = (codes: string[]) => {
    setOpened(false);
    again();
    if (codes.length > 0) onCodes(codes);
  };
  const deeds: Record<Lack, () => void> = {
    second_factor: () => setOpened(true),
    passkey: () => setOpened(true),
    passkey_shown: () => show.mutate(undefined, done),
    known_device: () => confirm.mutate(undefined, done),
  };
  const close = () => setOpened(false);
  return (
    <Told step={step}>
      <Button loading={confirm.isPending || show.isPending} onClick={deeds[step]}>
        {t(`tier.lack.${step}.do`)}
      </Button>
      {opened && step === "second_factor" && <EnrolDialog onDone={made} onClose={close} />}
      {opened && step === "passkey" && <PasskeyDialog first={bare} onDone={made} onClose={close} />}
    </Told>
  );
}

function Told({ step, children }: { step: Lack; children: ReactNode }) {
  const { t } = useTranslation();
  const elsewhere = step.startsWith("passkey") && !passkeysWork();
  return (
    <>
      <p className={styles.hint}>{t(elsewhere ? "passkey.notHere" : `tier.lack.${step}.why`)}</p>
      {!elsewhere && children}
    </>
  );
}
