import { ActionIcon, NativeSelect, NumberInput, Select } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Vocabulary } from "../api/types";
import styles from "./Conditions.module.css";
import { type DraftCondition, operatorsOf, shapeOf, withFact, withOperator } from "./tree";
import { ValueField } from "./ValueField";

const ABOUT = ["contact", "conversation", "message", "order", "event"] as const;

interface RowProps {
  vocabulary: Vocabulary;
  node: DraftCondition;
  /** Nothing would be left. */
  only: boolean;
  onChange(by: DraftCondition | null): void;
}

/** One condition: what is asked, how, and of which value. */
export function ConditionRow({ vocabulary, node, only, onChange }: RowProps) {
  const { t } = useTranslation();
  const fact = vocabulary.facts.find(({ key }) => key === node.fact);
  const groups = ABOUT.map((about) => ({
    group: t(`conditions.about.${about}`),
    items: vocabulary.facts
      .filter((one) => one.about === about)
      .map(({ key, label }) => ({ value: key, label })),
  })).filter(({ items }) => items.length > 0);
  return (
    <div className={styles.row}>
      <Select
        className={styles.fact}
        aria-label={t("conditions.fact")}
        placeholder={t("conditions.choose")}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t("conditions.nothing")}
        data={groups}
        value={node.fact || null}
        error={node.fact && !fact ? t("conditions.gone") : undefined}
        onChange={(key) => key && onChange(withFact(vocabulary, node, key))}
      />
      {fact && (
        <NativeSelect
          aria-label={t("conditions.operator")}
          value={node.op}
          onChange={({ currentTarget }) =>
            onChange(withOperator(vocabulary, node, currentTarget.value))
          }
          data={operatorsOf(vocabulary, fact).map(({ key, label }) => ({ value: key, label }))}
        />
      )}
      {fact && (
        <ValueField
          shape={shapeOf(vocabulary, node)}
          choices={fact.choices}
          value={node.value}
          onChange={(value) => onChange({ ...node, value })}
        />
      )}
      {fact?.timed && (
        <NumberInput
          className={styles.hours}
          aria-label={t("conditions.within")}
          placeholder={t("conditions.ever")}
          prefix={t("conditions.lastPrefix")}
          suffix={t("conditions.hoursSuffix")}
          min={1}
          allowDecimal={false}
          value={node.within_hours ?? ""}
          onChange={(hours) => onChange({ ...node, within_hours: Number(hours) || null })}
        />
      )}
      {!only && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("conditions.remove")}
          onClick={() => onChange(null)}
        >
          <Trash2 size={15} />
        </ActionIcon>
      )}
    </div>
  );
}
