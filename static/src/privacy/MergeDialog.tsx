import { Alert, Button, Modal, Radio, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { listTime, useMinute } from "../components/times";
import { notifyDone, saidByToast } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import {
  type Duplicate,
  type MergePreview,
  useDuplicates,
  useFoundContacts,
  useMerge,
  useMergePreview,
} from "./queries";
import "../mantineLater";
import "./words";

const SETTLE_MS = 250;

/** Who may be the same person; what would move; and then it does, for good. */
export default function MergeDialog({ contactId, shown, onClose }: AboutContact) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const merge = useMerge(contactId);
  const preview = useMergePreview(contactId, chosen);
  // What is confirmed is what is on the screen.
  const shows = preview.data?.merged.id === chosen && !preview.isFetching && !preview.isError;
  const done = () => {
    notifyDone(t("privacy.merge.done"));
    onClose();
  };
  const run = () => chosen && shows && merge.mutateAsync(chosen).then(done, saidByToast);
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
        {preview.isError ? (
          <FailedNotice error={preview.error} onRetry={() => preview.refetch()} />
        ) : (
          preview.data && <Preview told={preview.data} />
        )}
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button color="red" disabled={!shows} loading={merge.isPending} onClick={run}>
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

/** Those that look alike, and whoever is looked for. */
function Candidates({ contactId, chosen, onChosen }: CandidatesProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [q] = useDebouncedValue(typed.trim(), SETTLE_MS);
  const { data, error, isError, refetch } = useDuplicates(contactId);
  const found = useFoundContacts(q);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("inbox.loading")}</p>;
  const alike = new Set([contactId, ...data.map((one) => one.contact.id)]);
  const others = (found.data ?? []).filter(({ contact }) => !alike.has(contact.id));
  return (
    <>
      {data.length === 0 && <p className={styles.said}>{t("privacy.merge.none")}</p>}
      <TextInput
        type="search"
        label={t("privacy.merge.search")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {found.isError && <FailedNotice error={found.error} onRetry={() => found.refetch()} />}
      {q && found.data && others.length === 0 && (
        <p className={styles.hint}>{t("privacy.merge.nothing")}</p>
      )}
      {data.length + others.length > 0 && (
        <Radio.Group value={chosen} onChange={onChosen} label={t("privacy.merge.choose")}>
          <div className={styles.choices}>
            {data.map((one) => (
              <Candidate key={one.contact.id} row={one} />
            ))}
            {others.map(({ contact, at }) => (
              <Candidate key={contact.id} row={{ contact, reason: "search", last_seen_at: at }} />
            ))}
          </div>
        </Radio.Group>
      )}
    </>
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

function Preview({ told }: { told: MergePreview }) {
  const { t } = useTranslation();
  return (
    <Alert
      color="orange"
      icon={<TriangleAlert size={18} />}
      title={t("privacy.merge.never", { merged: told.merged.name, kept: told.kept.name })}
    >
      <ul className={styles.counts}>
        {Object.entries(told.moves).map(([kind, count]) => (
          <li key={kind}>{t(`privacy.merge.moves.${kind}`, { count })}</li>
        ))}
      </ul>
      {told.different_numbers && <p>{t("privacy.merge.different")}</p>}
    </Alert>
  );
}
