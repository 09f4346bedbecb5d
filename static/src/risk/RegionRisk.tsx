import { Button, NumberInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RiskSettings } from "../api/types";
import { KindFields } from "./KindFields";
import { useSaveRiskSettings } from "./queries";
import styles from "./Settings.module.css";
import { StepFields } from "./StepFields";
import { TryOut } from "./TryOut";

const DAY_MINUTES = 1440;

/** One region's rules, words and levels, changed together. */
export function RegionRisk({ settings }: { settings: RiskSettings }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(settings);
  const save = useSaveRiskSettings(settings.region_id);
  const changed = JSON.stringify(draft) !== JSON.stringify(settings);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: setDraft });
  };
  return (
    <>
      <form onSubmit={submit}>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.watches}
            onChange={(event) => setDraft({ ...draft, watches: event.currentTarget.checked })}
          />
          {t("riskSettings.watches")}
        </label>
        {draft.rules.map((rule) => (
          <KindFields key={rule.kind} rule={rule} draft={draft} onChange={setDraft} />
        ))}
        <Part title={t("riskSettings.steps")} hint={t("riskSettings.stepsHint")}>
          <StepFields
            regionId={settings.region_id}
            steps={draft.steps}
            onChange={(steps) => setDraft({ ...draft, steps })}
          />
          <NumberInput
            className={styles.number}
            label={t("riskSettings.last")}
            min={1}
            max={DAY_MINUTES}
            value={draft.minutes}
            onChange={(minutes) => setDraft({ ...draft, minutes: Number(minutes) || 1 })}
          />
        </Part>
        <div className={styles.deeds}>
          <Button type="submit" disabled={!changed} loading={save.isPending}>
            {t("riskSettings.save")}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setDraft(settings)}>
              {t("riskSettings.discard")}
            </Button>
          )}
        </div>
      </form>
      <Part title={t("riskSettings.try")} hint={t("riskSettings.tryHint")}>
        <TryOut regionId={settings.region_id} />
      </Part>
    </>
  );
}

interface PartProps {
  title: string;
  hint?: string;
  children: ReactNode;
}

export function Part({ title, hint, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}
