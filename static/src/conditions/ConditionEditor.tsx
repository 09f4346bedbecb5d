import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { FolderPlus, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./Conditions.module.css";
import {
  freshCondition,
  grouped,
  howOf,
  isCondition,
  partsOf,
  withOperator,
  withoutPart,
  withPart,
} from "./tree";
import { type Condition, type Group, HOWS, type Node, type Vocabulary } from "./types";
import { ValueField } from "./ValueField";
import "./words";

const DEEPEST = 4;

interface EditorProps {
  vocabulary: Vocabulary;
  value: Group;
  /** `null`: the last condition was taken away. */
  onChange(value: Group | null): void;
  /** Where the value stands in a refusal (`conditions`), and the refusal's field. */
  at?: string;
  wrong?: string | null;
  depth?: number;
}

/** Conditions in nested groups, built from what the server says can be asked. */
export function ConditionEditor(props: EditorProps) {
  const { vocabulary, value, onChange, at = "conditions", depth = 1 } = props;
  const { t } = useTranslation();
  const how = howOf(value);
  const parts = partsOf(value);
  const add = (part: Node | null) => part && onChange(grouped(how, [...parts, part]));
  const fresh = freshCondition(vocabulary);
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className={styles.legend}>
        <Select
          size="xs"
          aria-label={t("conditions.how")}
          allowDeselect={false}
          data={HOWS.map((one) => ({ value: one, label: t(`conditions.hows.${one}`) }))}
          value={how}
          onChange={(chosen) => onChange(grouped((chosen ?? how) as typeof how, parts))}
        />
      </legend>
      {parts.map((part, index) => (
        <Part
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no names, and are edited in place
          key={index}
          {...props}
          part={part}
          depth={depth}
          at={`${at}.${how}.${index}`}
          onPart={(changed) =>
            onChange(changed ? withPart(value, index, changed) : withoutPart(value, index))
          }
        />
      ))}
      <div className={styles.adding}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Plus size={14} />}
          onClick={() => add(fresh)}
        >
          {t("conditions.add")}
        </Button>
        {depth < DEEPEST && fresh && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<FolderPlus size={14} />}
            onClick={() => add(grouped(how === "any" ? "all" : "any", [fresh]))}
          >
            {t("conditions.addGroup")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

interface PartProps extends Omit<EditorProps, "value" | "onChange"> {
  part: Node;
  depth: number;
  at: string;
  onPart(part: Node | null): void;
}

function Part({ part, onPart, depth, ...props }: PartProps) {
  const { t } = useTranslation();
  const remove = (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t("conditions.remove")}
      onClick={() => onPart(null)}
    >
      <X size={16} />
    </ActionIcon>
  );
  if (isCondition(part))
    return (
      <div className={styles.condition} data-wrong={props.wrong?.startsWith(props.at) || undefined}>
        <One {...props} condition={part} onChange={onPart} />
        {remove}
      </div>
    );
  return (
    <div className={styles.nested}>
      <ConditionEditor {...props} value={part} onChange={onPart} depth={depth + 1} />
      {remove}
    </div>
  );
}

interface OneProps {
  vocabulary: Vocabulary;
  condition: Condition;
  onChange(condition: Condition): void;
}

function One({ vocabulary, condition, onChange }: OneProps) {
  const { t } = useTranslation();
  const fact = vocabulary.facts.find(({ key }) => key === condition.fact);
  const operators = vocabulary.operators.filter(({ kind }) => kind === fact?.kind);
  const operator = operators.find(({ key }) => key === condition.op);
  return (
    <>
      <Select
        className={styles.fact}
        size="sm"
        searchable
        aria-label={t("conditions.fact")}
        allowDeselect={false}
        data={vocabulary.facts.map(({ key, label }) => ({ value: key, label }))}
        value={condition.fact}
        onChange={(key) => {
          const next = freshCondition(vocabulary, key ?? undefined);
          if (next) onChange(next);
        }}
      />
      {fact?.timed && <Window condition={condition} onChange={onChange} />}
      <Select
        className={styles.operator}
        size="sm"
        aria-label={t("conditions.operator")}
        allowDeselect={false}
        data={operators.map(({ key, label }) => ({ value: key, label }))}
        value={condition.op}
        onChange={(key) => {
          const next = operators.find((one) => one.key === key);
          if (next) onChange(withOperator(condition, next.key, next.shape, operator?.shape));
        }}
      />
      {fact && operator && (
        <ValueField
          shape={operator.shape}
          choices={fact.choices}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
        />
      )}
    </>
  );
}

function Window({ condition, onChange }: Omit<OneProps, "vocabulary">) {
  const { t } = useTranslation();
  return (
    <NumberInput
      className={styles.window}
      size="sm"
      aria-label={t("conditions.within")}
      placeholder={t("conditions.ever")}
      suffix={t("conditions.hours")}
      min={1}
      max={87600}
      allowDecimal={false}
      value={condition.within_hours ?? ""}
      onChange={(hours) => {
        const { within_hours: _gone, ...rest } = condition;
        onChange(Number(hours) >= 1 ? { ...rest, within_hours: Number(hours) } : rest);
      }}
    />
  );
}
