import { Button, Textarea, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { codePoints } from "../../thread/text/script";
import {
  emptyValues,
  type Field,
  groupAt,
  linesAt,
  type Problem,
  type Problems,
  partAt,
  textAt,
  type Values,
} from "./fields";
import classes from "./KindDialog.module.css";

interface FieldsProps {
  fields: readonly Field[];
  values: Values;
  onChange(values: Values): void;
  /** Shown only once somebody tried to send. */
  problems: Problems;
  at?: string;
}

type OneProps<F extends Field = Field> = Omit<FieldsProps, "fields"> & { field: F; place: string };

export function FormFields({ fields, at = "", ...props }: FieldsProps) {
  return fields.map((field) => {
    const place = at ? `${at}.${field.name}` : field.name;
    return <FormField key={field.name} field={field} place={place} {...props} />;
  });
}

function FormField({ field, ...props }: OneProps) {
  if (field.kind === "group") return <Group field={field} {...props} />;
  if (field.kind === "lines") return <Lines field={field} {...props} />;
  if (field.kind === "part") {
    const change = (part: Values) => props.onChange({ ...props.values, [field.name]: part });
    return (
      <FormFields
        fields={field.fields}
        values={partAt(props.values, field.name)}
        onChange={change}
        problems={props.problems}
        at={props.place}
      />
    );
  }
  return <Text field={field} {...props} />;
}

function useProblem(problem: Problem | undefined): string | null {
  const { t } = useTranslation();
  return problem ? t(`compose.problem.${problem.code}`, { n: problem.n }) : null;
}

// What is counted stands below what is written.
const ORDER: ("label" | "input" | "description" | "error")[] = [
  "label",
  "input",
  "description",
  "error",
];

/** How much room is left, once it gets narrow. */
function left(field: Field, text: string): string | undefined {
  if (!("max" in field)) return undefined;
  const length = codePoints(text);
  return length > field.max * 0.7 ? `${length} / ${field.max}` : undefined;
}

function Text({
  field,
  values,
  onChange,
  problems,
  place,
}: OneProps<Exclude<Field, { kind: "group" | "lines" | "part" }>>) {
  const { t } = useTranslation();
  const text = textAt(values, field.name);
  const shared = {
    label: t(`compose.field.${field.name}`),
    value: text,
    error: useProblem(problems[place]),
    description: left(field, text),
    inputWrapperOrder: ORDER,
    withAsterisk: field.required,
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...values, [field.name]: event.currentTarget.value }),
  };
  if (field.kind === "words")
    return <Textarea {...shared} autosize minRows={2} maxRows={8} dir="auto" />;
  const mode = field.kind === "number" ? "decimal" : field.kind === "link" ? "url" : undefined;
  return <TextInput {...shared} inputMode={mode} dir="auto" />;
}

function Lines({
  field,
  values,
  onChange,
  problems,
  place,
}: OneProps<Extract<Field, { kind: "lines" }>>) {
  const { t } = useTranslation();
  const lines = linesAt(values, field.name);
  const set = (next: string[]) => onChange({ ...values, [field.name]: next });
  const label = t(`compose.field.${field.name}`);
  return (
    <fieldset className={classes.group}>
      <legend>
        {label}
        {field.required && <span aria-hidden="true"> *</span>}
      </legend>
      {lines.map((line, index) => (
        <div key={String(index)} className={classes.line}>
          <LineInput
            label={`${label} ${index + 1}`}
            value={line}
            problem={problems[`${place}.${index}`]}
            onChange={(text) => set(lines.map((old, i) => (i === index ? text : old)))}
          />
          {lines.length > 1 && (
            <RemoveButton name={label} onClick={() => set(lines.filter((_, i) => i !== index))} />
          )}
        </div>
      ))}
      {lines.length < field.most && <AddButton name={label} onClick={() => set([...lines, ""])} />}
    </fieldset>
  );
}

function LineInput(props: {
  label: string;
  value: string;
  problem: Problem | undefined;
  onChange(text: string): void;
}) {
  return (
    <TextInput
      className={classes.grows}
      aria-label={props.label}
      value={props.value}
      error={useProblem(props.problem)}
      dir="auto"
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function Group({
  field,
  values,
  onChange,
  problems,
  place,
}: OneProps<Extract<Field, { kind: "group" }>>) {
  const { t } = useTranslation();
  const rows = groupAt(values, field.name);
  const set = (next: Values[]) => onChange({ ...values, [field.name]: next });
  const label = t(`compose.field.${field.name}`);
  const general = useProblem(problems[place]);
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {rows.map((row, index) => (
        <div key={String(index)} className={classes.row}>
          <div className={classes.grows}>
            <FormFields
              fields={field.fields}
              values={row}
              problems={problems}
              at={`${place}.${index}`}
              onChange={(changed) => set(rows.map((old, i) => (i === index ? changed : old)))}
            />
          </div>
          {rows.length > field.least && (
            <RemoveButton name={label} onClick={() => set(rows.filter((_, i) => i !== index))} />
          )}
        </div>
      ))}
      {general && (
        <p className={classes.problem} role="alert">
          {general}
        </p>
      )}
      {rows.length < field.most && (
        <AddButton name={label} onClick={() => set([...rows, emptyValues(field.fields)])} />
      )}
    </fieldset>
  );
}

function AddButton({ name, onClick }: { name: string; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<Plus size={14} />}
      onClick={onClick}
      className={classes.add}
    >
      {t("compose.add", { name })}
    </Button>
  );
}

function RemoveButton({ name, onClick }: { name: string; onClick(): void }) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={classes.remove}
      onClick={onClick}
      aria-label={t("compose.remove", { name })}
      title={t("compose.remove", { name })}
    >
      <X size={16} />
    </button>
  );
}
