import { Button } from "@mantine/core";
import { GraduationCap, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Trainee } from "../api/types";
import { FailedNotice, Notice } from "../components/states";
import { calendarDay } from "../components/times";
import { useMay } from "../session/MeContext";
import styles from "./Coaching.module.css";
import { ProgressFigures } from "./ProgressFigures";
import { useTraineeDeed, useTrainees } from "./queries";
import { StartDialog } from "./StartDialog";
import {
  DateDialog,
  EndDialog,
  MentorsDialog,
  PromoteDialog,
  PutOffDialog,
} from "./TraineeDialogs";

/** The trainees somebody leads or mentors, and how each gets on. */
export function TraineeTab() {
  const { t } = useTranslation();
  const leads = useMay("trainee.lead");
  const query = useTrainees();
  const [starting, setStarting] = useState(false);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (query.isPending) return <p className={styles.muted}>{t("coaching.loading")}</p>;
  const others = query.data?.filter(({ mine }) => !mine) ?? [];
  return (
    <>
      {leads && (
        <div className={styles.toolbar}>
          <Button
            size="compact-md"
            leftSection={<Plus size={15} />}
            onClick={() => setStarting(true)}
          >
            {t("coaching.start.do")}
          </Button>
        </div>
      )}
      {others.length === 0 && (
        <Notice
          icon={<GraduationCap size={28} strokeWidth={1.5} />}
          title={t("coaching.empty.trainees")}
          hint={leads ? t("coaching.empty.traineesHint") : null}
        />
      )}
      <ul className={styles.cards}>
        {others.map((trainee) => (
          <TraineeCard key={`${trainee.person.id}/${trainee.began_on}`} trainee={trainee} />
        ))}
      </ul>
      {starting && <StartDialog onClose={() => setStarting(false)} />}
    </>
  );
}

type Dialog = "extend" | "mentors" | "promote" | "put-off" | "end" | null;

function TraineeCard({ trainee }: { trainee: Trainee }) {
  const { t, i18n } = useTranslation();
  const names = new Intl.ListFormat(i18n.language);
  const [dialog, setDialog] = useState<Dialog>(null);
  const close = () => setDialog(null);
  const over = trainee.ended_how !== "";
  return (
    <li className={styles.card} data-trainee={trainee.person.id}>
      <header className={styles.cardHead}>
        <strong>{trainee.person.name}</strong>
        <span className={styles.muted}>
          {over
            ? t(`coaching.ended.${trainee.ended_how}`)
            : t("coaching.daysLeft", {
                count: trainee.days_left,
                day: calendarDay(trainee.ends_on, i18n.language),
              })}
        </span>
      </header>
      {trainee.prompted_at && <Proposal trainee={trainee} onDialog={setDialog} />}
      <p className={styles.muted}>
        {trainee.mentors.length > 0
          ? t("coaching.mentoredBy", {
              names: names.format(trainee.mentors.map(({ name }) => name)),
            })
          : t("coaching.mentoredByLeaders")}
        {!over && ` · ${t(trainee.holds_replies ? "coaching.holds" : "coaching.holdsNot")}`}
      </p>
      <ProgressFigures progress={trainee.progress} goals />
      {trainee.may_lead && <Deeds trainee={trainee} onDialog={setDialog} />}
      {dialog === "extend" && <DateDialog trainee={trainee} onClose={close} />}
      {dialog === "mentors" && <MentorsDialog trainee={trainee} onClose={close} />}
      {dialog === "promote" && <PromoteDialog trainee={trainee} onClose={close} />}
      {dialog === "put-off" && <PutOffDialog trainee={trainee} onClose={close} />}
      {dialog === "end" && <EndDialog trainee={trainee} onClose={close} />}
    </li>
  );
}

interface PartProps {
  trainee: Trainee;
  onDialog(dialog: Dialog): void;
}

/** They have finished enough, and well enough. */
function Proposal({ trainee, onDialog }: PartProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.proposal} role="status">
      <p>{t("coaching.proposal", { name: trainee.person.name })}</p>
      {trainee.may_lead && (
        <div className={styles.deeds}>
          <Button size="compact-sm" onClick={() => onDialog("promote")}>
            {t("coaching.promote.do")}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => onDialog("extend")}>
            {t("coaching.extend.do")}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => onDialog("put-off")}>
            {t("coaching.putOff.do")}
          </Button>
        </div>
      )}
    </div>
  );
}

function Deeds({ trainee, onDialog }: PartProps) {
  const { t } = useTranslation();
  const deed = useTraineeDeed();
  const holds_replies = !trainee.holds_replies;
  return (
    <div className={styles.deeds}>
      <Button
        variant="default"
        size="compact-sm"
        loading={deed.isPending}
        onClick={() => deed.mutate({ deed: "change", user_id: trainee.person.id, holds_replies })}
      >
        {t(holds_replies ? "coaching.hold" : "coaching.release")}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => onDialog("mentors")}>
        {t("coaching.mentors.do")}
      </Button>
      {!trainee.prompted_at && (
        <Button variant="default" size="compact-sm" onClick={() => onDialog("extend")}>
          {t("coaching.extend.do")}
        </Button>
      )}
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onDialog("end")}>
        {t("coaching.end.do")}
      </Button>
    </div>
  );
}
