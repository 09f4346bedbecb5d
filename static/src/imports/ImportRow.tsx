import { Badge, Button, Progress } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../components/useShortTime";
import { counted } from "./counted";
import styles from "./Imports.module.css";
import { Problems } from "./Problems";
import { atWork, type Import, useImportDeed } from "./queries";

const COLOURS: Record<string, string> = { done: "green", failed: "red", running: "blue" };

/** One import, how far it is, and what can be done with it. */
export function ImportRow({ job, onOpen }: { job: Import; onOpen(): void }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const deed = useImportDeed(job.id);
  const [asking, setAsking] = useState(false);
  const undoable = job.undo_until !== null && new Date(job.undo_until) > new Date();
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.name}>
          {job.file_name || t("imports.forgotten")}{" "}
          <Badge size="sm" variant="light" color={COLOURS[job.state] ?? "gray"}>
            {t(`imports.state.${job.state}`)}
          </Badge>
        </p>
        <p className={styles.hint}>
          {[t(`imports.of.${job.subject}`), job.made_by?.name, time(job.made_at)]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <Far job={job} />
        <p className={styles.counts}>{counted(t, job)}</p>
        {job.error && (
          <p className={styles.refusal}>
            {t(`imports.error.${job.error}`, { defaultValue: t("imports.error.broken") })}
          </p>
        )}
      </div>
      <div className={styles.deeds}>
        {job.state === "draft" && (
          <Button size="xs" onClick={onOpen}>
            {t("imports.goOn")}
          </Button>
        )}
        {(job.state === "draft" || atWork(job)) && job.state !== "undoing" && (
          <Button
            size="xs"
            variant="default"
            loading={deed.isPending}
            onClick={() => deed.mutate("cancel")}
          >
            {t("imports.cancel")}
          </Button>
        )}
        <Problems job={job} phase={job.state === "undone" ? "undo" : "run"} />
        {undoable && !asking && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t("imports.undo")}
          </Button>
        )}
        {undoable && asking && (
          <Button
            size="xs"
            color="red"
            loading={deed.isPending}
            onClick={() => deed.mutate("undo")}
          >
            {t("imports.undoSure")}
          </Button>
        )}
      </div>
    </li>
  );
}

/** How far it is; nothing while nobody knows how many lines there are. */
export function Far({ job }: { job: Import }) {
  const { t } = useTranslation();
  if (!atWork(job)) return null;
  const undoing = job.state === "undoing";
  const share = job.total ? (100 * job.position) / job.total : 0;
  return (
    <Progress
      className={styles.progress}
      value={undoing ? 100 : share}
      animated
      aria-label={
        undoing
          ? t("imports.state.undoing")
          : t("imports.far", { position: job.position, total: job.total ?? "…" })
      }
    />
  );
}
