import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import { momentOf } from "../inbox/snoozeTimes";
import { useMe } from "../session/MeContext";
import { type Purpose, resumesMarketing, type Source, useRecordConsent } from "./queries";

/** `dial`: what the clock showed when they said it; null: just now. `resume`: against a stop that is known. */
export interface ConsentLine {
  purpose: Purpose;
  source: Source;
  given: boolean;
  evidence: string;
  dial: string | null;
  resume: boolean;
}

const EMPTY: ConsentLine = {
  purpose: "marketing",
  source: "message",
  given: true,
  evidence: "",
  dial: null,
  resume: false,
};

/** By a toast, or by the question that stands in the form then. */
function saidInPlace(): void {}

/** What is being written down, whether it can be, and whether it would resume what they have stopped. */
export function useConsentLine(contactId: string) {
  const { t } = useTranslation();
  const { time_zone: zone } = useMe();
  const [line, setLine] = useState(EMPTY);
  const record = useRecordConsent(contactId);
  const resumes = resumesMarketing(record.error);
  const { dial, resume, evidence } = line;
  const at = dial === null ? null : momentOf(dial, zone);
  const future = at !== null && at.getTime() > Date.now();
  const proves = line.purpose === "marketing" && line.given;
  const ready =
    dial !== "" && !future && (!proves || evidence.trim() !== "") && (!resumes || resume);
  const change = (changed: Partial<ConsentLine>) => {
    setLine({ ...line, ...changed });
    // What was asked about was asked of what stood there then.
    if ("given" in changed || "purpose" in changed || "dial" in changed) record.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || record.isPending) return;
    const { dial: _dial, ...said } = line;
    const done = () => {
      setLine({ ...line, evidence: "", resume: false, dial: null });
      notifyDone(t("privacy.consent.done"));
    };
    const wish = { ...said, at: (at ?? new Date()).toISOString() };
    record.mutateAsync(wish).then(done, saidInPlace);
  };
  return { line, change, submit, ready, future, proves, resumes, busy: record.isPending };
}
