import { Button, NativeSelect, SegmentedControl, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone, saidByToast } from "../components/toasts";
import styles from "./Privacy.module.css";
import { type Purpose, type Source, useRecordConsent } from "./queries";

const PURPOSES: readonly Purpose[] = ["marketing", "storage", "sharing"];
const SOURCES: readonly Source[] = ["message", "form", "paper", "spoken"];
const EVIDENCE_MAX = 2000;

/** A line of the register. It is never changed afterwards, and says so. */
export function ConsentForm({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const [purpose, setPurpose] = useState<Purpose>("marketing");
  const [source, setSource] = useState<Source>("message");
  const [given, setGiven] = useState("given");
  const [evidence, setEvidence] = useState("");
  const record = useRecordConsent(contactId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (record.isPending) return;
    const done = () => {
      setEvidence("");
      notifyDone(t("privacy.consent.done"));
    };
    const at = new Date().toISOString();
    record
      .mutateAsync({ purpose, source, given: given === "given", evidence, at })
      .then(done, saidByToast);
  };
  return (
    <form className={styles.consentForm} onSubmit={submit}>
      <p className={styles.hint}>{t("privacy.consent.hint")}</p>
      <SegmentedControl
        fullWidth
        aria-label={t("privacy.consent.what")}
        value={given}
        onChange={setGiven}
        data={[
          { value: "given", label: t("privacy.consent.given") },
          { value: "takenBack", label: t("privacy.consent.takenBack") },
        ]}
      />
      <div className={styles.pair}>
        <NativeSelect
          label={t("privacy.consent.to")}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value as Purpose)}
          data={PURPOSES.map((value) => ({ value, label: t(`privacy.consent.purpose.${value}`) }))}
        />
        <NativeSelect
          label={t("privacy.consent.how")}
          value={source}
          onChange={(event) => setSource(event.currentTarget.value as Source)}
          data={SOURCES.map((value) => ({ value, label: t(`privacy.consent.source.${value}`) }))}
        />
      </div>
      <Textarea
        label={t("privacy.consent.evidence")}
        maxLength={EVIDENCE_MAX}
        autosize
        minRows={2}
        value={evidence}
        onChange={(event) => setEvidence(event.currentTarget.value)}
      />
      <div className={styles.deeds}>
        <Button type="submit" loading={record.isPending}>
          {t("privacy.consent.submit")}
        </Button>
      </div>
    </form>
  );
}
