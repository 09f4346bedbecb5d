import { Select, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { MacroStep } from "../../api/types";
import { Tick } from "../../components/Tick";
import { PRIORITIES } from "../../inbox/standing/priorities";
import { useStepNames } from "../../quick/useStepNames";
import { useMe } from "../../session/MeContext";
import { VariableButtons } from "../replies/VariableButtons";
import { TemplateFields } from "./TemplateFields";

interface FieldsProps {
  step: MacroStep;
  onChange(step: MacroStep): void;
}

/** What one step needs to be told. */
export function StepFields(props: FieldsProps) {
  switch (props.step.kind) {
    case "reply":
      return <ReplyFields {...props} />;
    case "later":
      return (
        <>
          <ReplyFields {...props} />
          <TimeField {...props} />
        </>
      );
    case "note":
    case "lock":
      return <TextField {...props} />;
    case "template":
      return <TemplateFields {...props} />;
    case "assign":
      return <PersonField {...props} />;
    case "team":
      return <TeamField {...props} />;
    case "priority":
      return <PriorityField {...props} />;
    case "payment":
      return <PaymentField {...props} />;
    case "snooze":
      return <TimeField {...props} />;
    default:
      return null;
  }
}

function TextField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const text = step.text ?? "";
  return (
    <>
      <Textarea
        aria-label={t("settings.replies.text")}
        autosize
        minRows={2}
        maxLength={4096}
        dir="auto"
        value={text}
        onChange={(event) => onChange({ ...step, text: event.currentTarget.value })}
      />
      <VariableButtons onInsert={(name) => onChange({ ...step, text: `${text}{${name}}` })} />
    </>
  );
}

const OWN_WORDS = "own";

/** A canned reply, as it is when the macro runs, or words of its own. */
function ReplyFields({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { replies } = useStepNames();
  const choose = (value: string | null) => {
    const { reply_id: _before, ...rest } = step;
    if (value === OWN_WORDS || !value) onChange({ ...rest, text: rest.text ?? "" });
    else onChange({ ...rest, text: "", reply_id: value });
  };
  return (
    <>
      <Select
        aria-label={t("settings.macros.reply")}
        searchable
        allowDeselect={false}
        data={[
          { value: OWN_WORDS, label: t("settings.macros.ownWords") },
          ...replies.map(({ id, shortcut, title }) => ({
            value: id,
            label: `/${shortcut} ${title}`,
          })),
        ]}
        value={step.reply_id ?? OWN_WORDS}
        onChange={choose}
      />
      {!step.reply_id && <TextField step={step} onChange={onChange} />}
    </>
  );
}

function PersonField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { people } = useStepNames();
  const me = useMe();
  const others = people.filter(({ id, level }) => id !== me.id && level !== "observer");
  return (
    <Select
      aria-label={t("quick.step.assign.name")}
      searchable
      allowDeselect={false}
      data={[
        { value: "me", label: t("settings.macros.runner") },
        { value: "nobody", label: t("quick.step.assign.nobody") },
        ...others.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={String(step.to ?? "me")}
      onChange={(value) =>
        onChange({ ...step, to: value === "me" || value === "nobody" ? value : Number(value) })
      }
    />
  );
}

function TeamField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { teams } = useStepNames();
  return (
    <Select
      aria-label={t("quick.step.team.name")}
      placeholder={t("settings.macros.chooseTeam")}
      allowDeselect={false}
      data={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={step.team === undefined ? null : String(step.team)}
      onChange={(value) => onChange({ ...step, team: Number(value) })}
    />
  );
}

function PriorityField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Select
      aria-label={t("quick.step.priority.name")}
      allowDeselect={false}
      data={PRIORITIES.map((value) => ({ value, label: t(`inbox.priority.${value}`) }))}
      value={step.priority ?? "high"}
      onChange={(value) => onChange({ ...step, priority: value ?? "high" })}
    />
  );
}

function PaymentField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Tick
      checked={step.marked !== false}
      onChange={(marked: boolean) => onChange({ ...step, marked })}
    >
      {t("quick.step.payment.does")}
    </Tick>
  );
}

const TIMES = [
  { value: "m30", minutes: 30 },
  { value: "m60", minutes: 60 },
  { value: "m180", minutes: 180 },
  { value: "m1440", minutes: 1440 },
  { value: "d1", days: 1 },
  { value: "d2", days: 2 },
  { value: "d3", days: 3 },
  { value: "d7", days: 7 },
];

function TimeField({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const label = ({ minutes, days }: { minutes?: number; days?: number }) => {
    if (days !== undefined) return t("quick.step.morning", { count: days });
    if ((minutes ?? 0) % 60 === 0) return t("quick.step.hours", { count: (minutes ?? 0) / 60 });
    return t("quick.step.minutes", { count: minutes ?? 0 });
  };
  const now = step.minutes === undefined ? `d${step.days ?? 1}` : `m${step.minutes}`;
  const choose = (value: string | null) => {
    const { minutes: _minutes, days: _days, ...rest } = step;
    const chosen = TIMES.find((one) => one.value === value);
    if (!chosen) return;
    const { value: _value, ...time } = chosen;
    onChange({ ...rest, ...time });
  };
  return (
    <Select
      aria-label={t("quick.later.at")}
      allowDeselect={false}
      data={TIMES.map((one) => ({ value: one.value, label: label(one) }))}
      value={now}
      onChange={choose}
    />
  );
}
