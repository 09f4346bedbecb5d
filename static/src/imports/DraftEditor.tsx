import { Button } from "@mantine/core";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { notifyDone } from "../components/toasts";
import { Columns } from "./Columns";
import { counted } from "./counted";
import { ForAll } from "./ForAll";
import { Far } from "./ImportRow";
import styles from "./Imports.module.css";
import { Preview } from "./Preview";
import { Problems } from "./Problems";
import { atWork, type Draft, useDraft, useImportDeed, useSetUp } from "./queries";
import { Reading } from "./Reading";

/** A file that is being prepared: how it is read, what its columns mean, what its lines would become. */
export function DraftEditor({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const query = useDraft(id);
  return (
    <>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<ArrowLeft size={14} aria-hidden="true" />}
        onClick={onClose}
      >
        {t("imports.back")}
      </Button>
      {query.isError && <FailedNotice error={query.error} onRetry={() => query.refetch()} />}
      {!query.data && !query.isError && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {query.data && <Editor draft={query.data} onClose={onClose} />}
    </>
  );
}

function Editor({ draft, onClose }: { draft: Draft; onClose(): void }) {
  const { t } = useTranslation();
  const { job } = draft;
  const change = useSetUp(job.id);
  const deed = useImportDeed(job.id);
  const busy = atWork(job) || change.isPending || deed.isPending;
  const run = () =>
    deed.mutate("run", {
      onSuccess: () => {
        notifyDone(t("imports.begun"));
        onClose();
      },
    });
  return (
    <fieldset className={styles.editor} disabled={atWork(job)}>
      <legend className={styles.title}>{job.file_name}</legend>
      {draft.remembered && <p className={styles.hint}>{t("imports.remembered")}</p>}
      <Reading draft={draft} onChange={change.mutate} />
      <Columns draft={draft} onChange={change.mutate} />
      <ForAll draft={draft} onChange={change.mutate} />
      <Preview draft={draft} />
      <Far job={job} />
      {job.checked && (
        <p role="status" className={styles.counts}>
          {t("imports.checked", { counts: counted(t, job) })}
        </p>
      )}
      {job.error && (
        <p className={styles.refusal} role="alert">
          {t(`imports.error.${job.error}`, { defaultValue: t("imports.error.broken") })}
        </p>
      )}
      <div className={styles.deeds}>
        <Problems job={job} phase="check" />
        <Button
          variant="default"
          disabled={!draft.fit || busy}
          onClick={() => deed.mutate("check")}
        >
          {t(job.state === "checking" ? "imports.checking" : "imports.check")}
        </Button>
        <Button disabled={!draft.fit || busy} onClick={run}>
          {t("imports.run")}
        </Button>
      </div>
    </fieldset>
  );
}
