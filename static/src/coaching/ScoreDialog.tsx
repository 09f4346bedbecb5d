import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Criterion, QaReview } from "../api/types";
import { FormDialog } from "./FormDialog";
import { RemarkFields, type Remarks } from "./RemarkFields";
import review from "./Review.module.css";
import { useReviewDeed } from "./reviewQueries";

interface ScoreProps {
  review: QaReview;
  onClose(): void;
}

/** The form by which a case is judged: a mark for each criterion, words, remarks at single messages. */
export function ScoreDialog({ review, onClose }: ScoreProps) {
  const { t } = useTranslation();
  const deed = useReviewDeed();
  const [marks, setMarks] = useState<Record<string, number>>({});
  const [summary, setSummary] = useState("");
  const [remarks, setRemarks] = useState<Remarks>({});
  const send = () => {
    const said = Object.entries(remarks).filter(([, text]) => text.trim());
    const judgement = {
      marks,
      summary,
      remarks: said.map(([message_id, text]) => ({ message_id, text })),
    };
    deed.mutate({ deed: "score", id: review.id, judgement }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t("coaching.score.title", { name: review.person?.name })}
      send={t("coaching.score.send")}
      ready={review.form.every(({ key }) => key in marks)}
      busy={deed.isPending}
      error={deed.error}
      size="lg"
      onSend={send}
      onClose={onClose}
    >
      {review.form.map((criterion) => (
        <Mark
          key={criterion.key}
          criterion={criterion}
          value={marks[criterion.key]}
          onChange={(mark) => setMarks({ ...marks, [criterion.key]: mark })}
        />
      ))}
      <Textarea
        label={t("coaching.score.summary")}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
      />
      <RemarkFields
        conversationId={review.conversation_id}
        personId={review.person?.id ?? null}
        value={remarks}
        onChange={setRemarks}
      />
    </FormDialog>
  );
}

const SCALE = [1, 2, 3, 4, 5];

interface MarkProps {
  criterion: Criterion;
  value: number | undefined;
  onChange(mark: number): void;
}

/** Radio buttons: the arrow keys choose among them. */
function Mark({ criterion, value, onChange }: MarkProps) {
  const { t } = useTranslation();
  const scale = criterion.kind === "scale";
  const choices = scale ? SCALE : [1, 0];
  const word = (mark: number) => (scale ? String(mark) : t(mark ? "coaching.yes" : "coaching.no"));
  return (
    <fieldset className={review.mark}>
      <legend>
        {criterion.name}
        {criterion.hint && <small>{criterion.hint}</small>}
      </legend>
      {choices.map((mark) => (
        <label key={mark} className={review.choice}>
          <input
            type="radio"
            name={criterion.key}
            checked={value === mark}
            onChange={() => onChange(mark)}
          />
          <span>{word(mark)}</span>
        </label>
      ))}
    </fieldset>
  );
}
