import { Alert, Button, Modal, Radio } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { listTime, useMinute } from "../components/times";
import { notifyDone, saidByToast } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { type Duplicate, useDuplicates, useMerge, useMergePreview } from "./queries";
import "../mantineLater";
import "./words";

/** Who may be the same person; what would move; and then it does, for good. */
export default function MergeDialog({ contactId, shown, onClose }: AboutContact) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const merge = useMerge(contactId);
  const done = () => {
    notifyDone(t("privacy.merge.done"));
    onClose();
  };
  const run = () => chosen && merge.mutateAsync(chosen).then(done, saidByToast);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("privacy.merge.title", { name: shown })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.form}>
        <p className={styles.hint}>{t("privacy.merge.hint", { name: shown })}</p>
        <Candidates contactId={contactId} chosen={chosen} onChosen={setChosen} />
        {chosen && <Preview contactId={contactId} merged={chosen} />}
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button color="red" disabled={!chosen} loading={merge.isPending} onClick={run}>
            {t("privacy.merge.submit")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface CandidatesProps {
  contactId: string;
  chosen: string | null;
  onChosen(id: string): void;
}

function Candidates({ contactId, chosen, onChosen }: CandidatesProps) {
  const { t } = useTranslation();
  const { data, error, isError, refetch } = useDuplicates(contactId);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  if (data.length === 0) return <p className={styles.said}>{t("privacy.merge.none")}</p>;
  return (
    <Radio.Group value={chosen} onChange={onChosen} label={t("privacy.merge.choose")}>
      <div className={styles.choices}>
        {data.map((one) => (
          <Candidate key={one.contact.id} row={one} />
        ))}
      </div>
    </Radio.Group>
  );
}

function Candidate({ row }: { row: Duplicate }) {
  const { t, i18n } = useTranslation();
  const { time_zone: timeZone } = useMe();
  const now = useMinute();
  const facts = [
    row.contact.phone,
    t(`privacy.merge.because.${row.reason}`),
    row.last_seen_at && listTime(row.last_seen_at, { now, locale: i18n.language, timeZone, t }),
  ];
  return (
    <Radio
      value={row.contact.id}
      label={row.contact.name}
      description={facts.filter(Boolean).join(" · ")}
    />
  );
}

function Preview({ contactId, merged }: { contactId: string; merged: string }) {
  const { t } = useTranslation();
  const { data } = useMergePreview(contactId, merged);
  if (!data) return null;
  return (
    <Alert
      color="orange"
      icon={<TriangleAlert size={18} />}
      title={t("privacy.merge.never", { merged: data.merged.name, kept: data.kept.name })}
    >
      <ul className={styles.counts}>
        {Object.entries(data.moves).map(([kind, n]) => (
          <li key={kind}>{t(`privacy.merge.moves.${kind}`, { n })}</li>
        ))}
      </ul>
      {data.different_numbers && <p>{t("privacy.merge.different")}</p>}
    </Alert>
  );
}
