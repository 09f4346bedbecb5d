import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Work } from "../api/types";
import { FailedNotice } from "../components/states";
import { SettingsPage } from "../settings/SettingsPage";
import styles from "./Assigning.module.css";
import { People } from "./People";
import { useRules, useTeams, useWork } from "./queries";
import { RuleCard } from "./RuleCard";
import { WorkDialog } from "./WorkDialog";
import "./words";

/** Who is given which work: the rule of each number, and what each person can take. */
export default function AssigningPage() {
  const { t } = useTranslation();
  return (
    <SettingsPage section="assignment">
      <div className={styles.column}>
        <h1 className={styles.title}>{t("inbox.assigning")}</h1>
        <Rules />
        <Colleagues />
      </div>
    </SettingsPage>
  );
}

function Rules() {
  const { t } = useTranslation();
  const rules = useRules();
  const teams = useTeams();
  const work = useWork();
  const skills = [...new Set(work.data?.flatMap((one) => one.skills))].sort();
  return (
    <section className={styles.section} aria-labelledby="assigning-rules">
      <h2 id="assigning-rules">{t("assigning.rules.title")}</h2>
      <p className={styles.hint}>{t("assigning.rules.hint")}</p>
      {rules.isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {rules.isError && !rules.data && (
        <FailedNotice error={rules.error} onRetry={() => rules.refetch()} />
      )}
      {rules.data?.length === 0 && <p className={styles.hint}>{t("assigning.rules.none")}</p>}
      <datalist id="assigning-skills">
        {skills.map((skill) => (
          <option key={skill} value={skill} />
        ))}
      </datalist>
      <div className={styles.cards}>
        {rules.data?.map((rule) => (
          <RuleCard
            key={rule.channel_id}
            rule={rule}
            teams={teams.data?.filter((team) => team.region_id === rule.region_id) ?? []}
          />
        ))}
      </div>
    </section>
  );
}

function Colleagues() {
  const { t } = useTranslation();
  const work = useWork();
  const teams = useTeams();
  const [changing, setChanging] = useState<Work | null>(null);
  return (
    <section className={styles.section} aria-labelledby="assigning-people">
      <h2 id="assigning-people">{t("assigning.people.title")}</h2>
      <p className={styles.hint}>{t("assigning.people.hint")}</p>
      {work.isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {work.isError && !work.data && (
        <FailedNotice error={work.error} onRetry={() => work.refetch()} />
      )}
      {work.data && <People people={work.data} teams={teams.data ?? []} onChange={setChanging} />}
      {changing && <WorkDialog person={changing} onClose={() => setChanging(null)} />}
    </section>
  );
}
