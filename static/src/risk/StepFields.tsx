import { ActionIcon, Autocomplete, Button, MultiSelect, NumberInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../api/queries";
import type { RiskSettings } from "../api/types";
import { useWork } from "../assigning/queries";
import { useMay } from "../session/MeContext";
import styles from "./Settings.module.css";

type Step = RiskSettings["steps"][number];
const MOST_STEPS = 10;
const DAY_MINUTES = 1440;

interface StepsProps {
  regionId: number;
  steps: Step[];
  onChange: (steps: Step[]) => void;
}

/** The levels in their order: whom each tells, and for how long. */
export function StepFields({ regionId, steps, onChange }: StepsProps) {
  const { t } = useTranslation();
  const replace = (at: number, next: Step | null) =>
    onChange(steps.flatMap((one, index) => (index !== at ? [one] : next ? [next] : [])));
  return (
    <>
      {steps.map((step, at) => (
        <StepRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows without ids of their own, never reordered
          key={at}
          number={at + 1}
          regionId={regionId}
          step={step}
          onChange={(next) => replace(at, next)}
        />
      ))}
      {steps.length < MOST_STEPS && (
        <Button
          className={styles.add}
          variant="default"
          size="compact-md"
          leftSection={<Plus size={15} />}
          onClick={() => onChange([...steps, { minutes: 10, skill: "", people: [] }])}
        >
          {t("riskSettings.addStep")}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  number: number;
  regionId: number;
  step: Step;
  onChange: (next: Step | null) => void;
}

function StepRow({ number, regionId, step, onChange }: RowProps) {
  const { t } = useTranslation();
  const { data: people } = usePeople();
  const here = people?.filter(({ region_ids }) => region_ids.includes(regionId)) ?? step.people;
  const names = new Map(here.map(({ id, name }) => [String(id), name]));
  return (
    <fieldset className={styles.step}>
      <legend>{t("riskSettings.step", { n: number })}</legend>
      <MultiSelect
        label={t("riskSettings.people")}
        searchable
        data={[...names].map(([value, label]) => ({ value, label }))}
        value={step.people.map(({ id }) => String(id))}
        onChange={(ids) =>
          onChange({
            ...step,
            people: ids.map((id) => ({ id: Number(id), name: names.get(id) ?? "" })),
          })
        }
      />
      <SkillField skill={step.skill} onChange={(skill) => onChange({ ...step, skill })} />
      <NumberInput
        className={styles.number}
        label={t("riskSettings.minutes")}
        min={1}
        max={DAY_MINUTES}
        value={step.minutes}
        onChange={(minutes) => onChange({ ...step, minutes: Number(minutes) || 1 })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("riskSettings.removeStep", { n: number })}
        onClick={() => onChange(null)}
      >
        <X size={16} />
      </ActionIcon>
    </fieldset>
  );
}

function SkillField({ skill, onChange }: { skill: string; onChange: (skill: string) => void }) {
  const { t } = useTranslation();
  const work = useWork(useMay("work.arrange"));
  const skills = [...new Set(work.data?.flatMap((one) => one.skills))].sort();
  return (
    <Autocomplete
      label={t("riskSettings.skill")}
      maxLength={40}
      data={skills}
      value={skill}
      onChange={onChange}
    />
  );
}
