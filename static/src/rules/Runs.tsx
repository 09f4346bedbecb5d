import { Badge, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { FailedNotice } from "../components/states";
import { useShortTime } from "../components/useShortTime";
import { useMay } from "../session/MeContext";
import { useRuns, useUndoRun } from "./queries";
import styles from "./Rules.module.css";
import type { RuleRun } from "./types";
import { VerdictView } from "./VerdictView";

/** What a rule did, or all of them in one conversation; each with its reasons, to be taken back. */
export function Runs({ of }: { of: Parameters<typeof useRuns>[0] }) {
  const { t } = useTranslation();
  const { data, isError, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useRuns(of);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("rules.loading")}</p>;
  if (!data.length) return <p className={styles.hint}>{t("rules.runs.none")}</p>;
  return (
    <>
      <ul className={styles.runs}>
        {data.map((run) => (
          <Run key={run.id} run={run} named={"conversation" in of} />
        ))}
      </ul>
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {t("rules.runs.more")}
        </Button>
      )}
    </>
  );
}

function Run({ run, named }: { run: RuleRun; named: boolean }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const may = useMay("rule.manage");
  const undo = useUndoRun();
  const state = run.undone_at ? "undone" : run.state;
  return (
    <li className={styles.run}>
      <p className={styles.runHead}>
        <strong>{named ? run.rule_name : <Whom run={run} />}</strong>
        <span>{time(run.fired_at)}</span>
        <Badge
          variant="light"
          color={state === "failed" ? "orange" : state === "undone" ? "gray" : "teal"}
        >
          {t(`rules.came.${state}`)}
        </Badge>
        <span>{t("rules.runs.version", { n: run.version })}</span>
        {may && run.can_undo && (
          <Button
            variant="default"
            size="compact-sm"
            loading={undo.isPending}
            onClick={() => undo.mutate(run.id)}
          >
            {t("rules.runs.undo")}
          </Button>
        )}
      </p>
      <ul className={styles.did}>
        {run.deeds.map((deed) => (
          <li key={deed.do + deed.reading}>
            {deed.reading}
            {deed.code && <em>{t(`rules.codes.${deed.code}`, deed.code)}</em>}
            {!deed.code && !deed.changed && <em>{t("rules.runs.unchanged")}</em>}
            {deed.undo && <em>{t(`rules.stays.${deed.undo}`, t("rules.stays.other"))}</em>}
          </li>
        ))}
      </ul>
      {run.cut && <p className={styles.hint}>{t("rules.runs.cut")}</p>}
      {run.verdict.parts && <VerdictView verdict={run.verdict} />}
    </li>
  );
}

/** Whom it was for, with the way there. */
function Whom({ run }: { run: RuleRun }) {
  const { t } = useTranslation();
  if (!run.contact) return t("rules.runs.nobody");
  const { id, name } = run.contact;
  const where = run.conversation_id ? `/c/${run.conversation_id}` : `/contacts/${id}`;
  return <Link href={where}>{name || t("rules.runs.nameless")}</Link>;
}
