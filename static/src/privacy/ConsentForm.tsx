import {
  Alert,
  Button,
  Checkbox,
  NativeSelect,
  SegmentedControl,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import { dialOf, momentOf } from "../inbox/snoozeTimes";
import { useMe } from "../session/MeContext";
import styles from "./Privacy.module.css";
import { type Purpose, resumesMarketing, type Source, useRecordConsent } from "./queries";

const PURPOSES: readonly Purpose[] = ["marketing", "storage", "sharing"];
const SOURCES: readonly Source[] = ["message", "form", "paper", "spoken"];
const EVIDENCE_MAX = 2000;

/** By a toast, or by the question that stands in the form then. */
function saidInPlace(): void {}

/** A line of the register. It is never changed afterwards, and says so. */
export function ConsentForm({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState<Purpose>("marketing");
  const [source, setSource] = useState<Source>("message");
  const [given, setGiven] = useState("given");
  const [evidence, setEvidence] = useState("");
  const { time_zone: zone } = useMe();
  const [dial, setDial] = useState(() => dialOf(new Date(), zone));
  const [resume, setResume] = useState(false);
  const record = useRecordConsent(contactId);
  const resumes = resumesMarketing(record.error);
  const at = dial === "" ? null : momentOf(dial, zone);
  const future = at !== null && at.getTime() > Date.now();
  const proves = purpose === "marketing" && given === "given";
  const ready = at && !future && (!proves || evidence.trim() !== "") && (!resumes || resume);
  /** What was asked about was asked of what stood there then. */
  const change = (set: () => void) => {
    set();
    setResume(false);
    record.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || record.isPending) return;
    const done = () => {
      setEvidence("");
      setResume(false);
      notifyDone(t("privacy.consent.done"));
    };
    const said = { purpose, source, given: given === "given", evidence, at: at.toISOString() };
    record.mutateAsync({ ...said, resume }).then(done, saidInPlace);
  };
  return (
    <form className={styles.consentForm} onSubmit={submit}>
      <p className={styles.hint}>{t("privacy.consent.hint")}</p>
      <SegmentedControl
        fullWidth
        aria-label={t("privacy.consent.what")}
        value={given}
        onChange={(value) => change(() => setGiven(value))}
        data={[
          { value: "given", label: t("privacy.consent.given") },
          { value: "takenBack", label: t("privacy.consent.takenBack") },
        ]}
      />
      <div className={styles.pair}>
        <NativeSelect
          label={t("privacy.consent.to")}
          value={purpose}
          onChange={({ currentTarget: { value } }) => change(() => setPurpose(value as Purpose))}
          data={PURPOSES.map((value) => ({ value, label: t(`privacy.consent.purpose.${value}`) }))}
        />
        <NativeSelect
          label={t("privacy.consent.how")}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value as Source)}
          data={SOURCES.map((value) => ({ value, label: t(`privacy.consent.source.${value}`) }))}
        />
      </div>
      <TextInput
        type="datetime-local"
        label={t("privacy.consent.when")}
        required
        withAsterisk={false}
        value={dial}
        max={dialOf(new Date(), zone)}
        error={future && t("privacy.consent.future")}
        onChange={({ currentTarget: { value } }) => change(() => setDial(value))}
      />
      <Textarea
        label={t("privacy.consent.evidence")}
        description={proves && t("privacy.consent.evidenceNeeded")}
        maxLength={EVIDENCE_MAX}
        autosize
        minRows={2}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      {resumes && (
        <Alert color="orange" title={t("privacy.consent.resumes")}>
          <Checkbox
            label={t("privacy.consent.resume")}
            checked={resume}
            onChange={(event) => setResume(event.currentTarget.checked)}
          />
        </Alert>
      )}
      <div className={styles.deeds}>
        <Button type="submit" disabled={!ready} loading={record.isPending}>
          {t("privacy.consent.submit")}
        </Button>
      </div>
    </form>
  );
}
