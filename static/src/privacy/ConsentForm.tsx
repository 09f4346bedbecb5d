import {
  Alert,
  Button,
  Checkbox,
  NativeSelect,
  SegmentedControl,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dialOf } from "../inbox/snoozeTimes";
import { useMe } from "../session/MeContext";
import { type ConsentLine, useConsentLine } from "./consentLine";
import styles from "./Privacy.module.css";
import type { Purpose, Source } from "./queries";

const PURPOSES: readonly Purpose[] = ["marketing", "storage", "sharing"];
const SOURCES: readonly Source[] = ["message", "form", "paper", "spoken"];
const EVIDENCE_MAX = 2000;

/** A line of the register. It is never changed afterwards, and says so. */
export function ConsentForm({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const { line, change, submit, ...state } = useConsentLine(contactId);
  return (
    <form className={styles.consentForm} onSubmit={submit}>
      <p className={styles.hint}>{t("privacy.consent.hint")}</p>
      <What line={line} onChange={change} />
      <When line={line} future={state.future} onChange={change} />
      <Textarea
        label={t("privacy.consent.evidence")}
        description={state.proves && t("privacy.consent.evidenceNeeded")}
        maxLength={EVIDENCE_MAX}
        autosize
        minRows={2}
        value={line.evidence}
        onChange={(event) => change({ evidence: event.currentTarget.value })}
      />
      {state.resumes && (
        <Alert color="orange" title={t("privacy.consent.resumes")}>
          <Checkbox
            label={t("privacy.consent.resume")}
            checked={line.resume}
            onChange={(event) => change({ resume: event.currentTarget.checked })}
          />
        </Alert>
      )}
      <div className={styles.deeds}>
        <Button type="submit" disabled={!state.ready} loading={state.busy}>
          {t("privacy.consent.submit")}
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  line: ConsentLine;
  onChange(changed: Partial<ConsentLine>): void;
}

function What({ line, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t("privacy.consent.what")}
        value={line.given ? "given" : "takenBack"}
        onChange={(value) => onChange({ given: value === "given", resume: false })}
        data={[
          { value: "given", label: t("privacy.consent.given") },
          { value: "takenBack", label: t("privacy.consent.takenBack") },
        ]}
      />
      <div className={styles.pair}>
        <NativeSelect
          label={t("privacy.consent.to")}
          value={line.purpose}
          onChange={({ currentTarget: { value } }) =>
            onChange({ purpose: value as Purpose, resume: false })
          }
          data={PURPOSES.map((value) => ({ value, label: t(`privacy.consent.purpose.${value}`) }))}
        />
        <NativeSelect
          label={t("privacy.consent.how")}
          value={line.source}
          onChange={({ currentTarget: { value } }) => onChange({ source: value as Source })}
          data={SOURCES.map((value) => ({ value, label: t(`privacy.consent.source.${value}`) }))}
        />
      </div>
    </>
  );
}

function When({ line, future, onChange }: PartProps & { future: boolean }) {
  const { t } = useTranslation();
  const { time_zone: zone } = useMe();
  const now = dialOf(new Date(), zone);
  return (
    <TextInput
      type="datetime-local"
      label={t("privacy.consent.when")}
      required
      withAsterisk={false}
      value={line.dial ?? now}
      max={now}
      error={future && t("privacy.consent.future")}
      onChange={({ currentTarget: { value } }) => onChange({ dial: value, resume: false })}
    />
  );
}
