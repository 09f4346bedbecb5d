import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import styles from "./Imports.module.css";
import { meaningWords } from "./meanings";
import { type Import, type Phase, useProblemFile, useProblems } from "./queries";

/** The lines that were not taken: a button that leads to them, where there are any. */
export function Problems({ job, phase }: { job: Import; phase: Phase }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const counts =
    phase === "undo" ? job.undo_counts : phase === "check" ? (job.checked ?? {}) : job.counts;
  const count = (counts.refused ?? 0) + (counts.noted ?? 0) + (counts.kept ?? 0);
  if (count === 0 || job.file_name === "") return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t(`imports.problems.${phase}`, { n: count })}
      </Button>
      {open && <ProblemList job={job} phase={phase} onClose={() => setOpen(false)} />}
    </>
  );
}

function ProblemList({ job, phase, onClose }: { job: Import; phase: Phase; onClose(): void }) {
  const { t } = useTranslation();
  const query = useProblems(job.id, phase);
  const file = useProblemFile(job.id, phase);
  return (
    <Modal
      opened
      size="lg"
      onClose={onClose}
      title={t(`imports.problemTitle.${phase}`)}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {query.isError && <FailedNotice error={query.error} onRetry={() => query.refetch()} />}
      <ul className={styles.list}>
        {query.data?.map((one) => (
          <li key={`${one.line} ${one.field} ${one.code}`} className={styles.problem}>
            <strong>{t("imports.line", { n: one.line })}</strong> {meaningWords(t, one.field)}
            <p>
              {one.message} {one.remedy}
            </p>
            {phase !== "undo" && <p className={styles.cells}>{one.cells.join(" · ")}</p>}
          </li>
        ))}
      </ul>
      <div className={styles.deeds}>
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t("imports.more")}
          </Button>
        )}
        <Button loading={file.isPending} onClick={() => file.mutate()}>
          {t("imports.download")}
        </Button>
      </div>
    </Modal>
  );
}
