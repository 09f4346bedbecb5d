import { NativeSelect, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssignmentRule, Team } from "../api/types";
import styles from "./Assigning.module.css";
import { type RuleChange, useSetRule } from "./queries";

const METHODS = ["off", "round_robin", "least_loaded"] as const;
const LANGUAGES = ["off", "prefer", "require"] as const;

/** How one number's queue is given out; each change is in force at once. */
export function RuleCard({ rule, teams }: { rule: AssignmentRule; teams: Team[] }) {
  const { t } = useTranslation();
  const save = useSetRule();
  const set = (change: RuleChange) => save.mutate({ rule, change });
  const off = rule.method === "off";
  const name = rule.channel_name;
  return (
    <article className={styles.card} aria-label={name}>
      <div className={styles.cardHead}>
        <h3>{name}</h3>
        <span className={styles.hint}>
          {t("assigning.rules.state", { waiting: rule.waiting, duty: rule.on_duty })}
        </span>
      </div>
      <div className={styles.fields}>
        <NativeSelect
          label={t("assigning.rules.method")}
          value={rule.method}
          disabled={save.isPending}
          data={METHODS.map((value) => ({ value, label: t(`assigning.rules.methods.${value}`) }))}
          onChange={(event) =>
            set({ method: event.currentTarget.value as AssignmentRule["method"] })
          }
        />
        {!off && <Wishes rule={rule} teams={teams} busy={save.isPending} set={set} />}
      </div>
      {!off && (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={rule.returning}
            disabled={save.isPending}
            onChange={(event) => set({ returning: event.currentTarget.checked })}
          />
          {t("assigning.rules.returning")}
        </label>
      )}
    </article>
  );
}

interface WishesProps {
  rule: AssignmentRule;
  teams: Team[];
  busy: boolean;
  set: (change: RuleChange) => void;
}

function Wishes({ rule, teams, busy, set }: WishesProps) {
  const { t } = useTranslation();
  const chosen = (id: string) => teams.find((team) => String(team.id) === id) ?? null;
  return (
    <>
      <NativeSelect
        label={t("assigning.rules.team")}
        value={rule.team ? String(rule.team.id) : ""}
        disabled={busy}
        data={[
          { value: "", label: t("assigning.rules.everybody") },
          ...teams.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChange={(event) => set({ team: chosen(event.currentTarget.value) })}
      />
      <NativeSelect
        label={t("assigning.rules.language")}
        value={rule.language}
        disabled={busy}
        data={LANGUAGES.map((value) => ({ value, label: t(`assigning.rules.languages.${value}`) }))}
        onChange={(event) =>
          set({ language: event.currentTarget.value as AssignmentRule["language"] })
        }
      />
      <SkillField rule={rule} busy={busy} set={set} />
    </>
  );
}

function SkillField({ rule, busy, set }: Omit<WishesProps, "teams">) {
  const { t } = useTranslation();
  const [skill, setSkill] = useState(rule.skill);
  useEffect(() => setSkill(rule.skill), [rule.skill]);
  const done = () => {
    if (skill.trim().toLowerCase() !== rule.skill) set({ skill });
  };
  return (
    <TextInput
      label={t("assigning.rules.skill")}
      placeholder={t("assigning.rules.noSkill")}
      value={skill}
      maxLength={40}
      list="assigning-skills"
      disabled={busy}
      onChange={(event) => setSkill(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) done();
      }}
    />
  );
}
