import { MultiSelect, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Conditions.module.css";

interface ValueProps {
  shape: string;
  choices: { value: string; label: string }[] | null;
  value: unknown;
  onChange(value: unknown): void;
}

/** The value of a condition, asked for by its shape. */
export function ValueField({ shape, choices, value, onChange }: ValueProps) {
  const { t } = useTranslation();
  const label = t("conditions.value");
  if (shape === "none") return null;
  if (shape === "words")
    return (
      <TagsInput
        className={styles.value}
        size="sm"
        aria-label={label}
        placeholder={t("conditions.words")}
        value={value as string[]}
        onChange={onChange}
        acceptValueOnBlur
      />
    );
  if (shape === "choices")
    return choices ? (
      <MultiSelect
        className={styles.value}
        size="sm"
        searchable
        aria-label={label}
        data={choices}
        value={value as string[]}
        onChange={onChange}
      />
    ) : (
      <TagsInput
        className={styles.value}
        size="sm"
        aria-label={label}
        value={value as string[]}
        onChange={onChange}
        acceptValueOnBlur
      />
    );
  if (shape === "moment")
    return (
      <TextInput
        type="date"
        size="sm"
        aria-label={label}
        value={String(value ?? "")}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  if (shape === "money") return <Money value={value as MoneyValue} onChange={onChange} />;
  if (shape === "range" || shape === "duration_range") {
    const [low, high] = value as [number, number];
    return (
      <>
        <Amount
          label={t("conditions.from")}
          value={low}
          onChange={(one) => onChange([one, high])}
        />
        <Amount label={t("conditions.to")} value={high} onChange={(one) => onChange([low, one])} />
      </>
    );
  }
  const suffix =
    shape === "days" ? t("conditions.days") : shape === "duration" ? t("conditions.minutes") : "";
  return <Amount label={label} suffix={suffix} value={value as number} onChange={onChange} />;
}

interface AmountProps {
  label: string;
  value: number;
  suffix?: string;
  onChange(value: number): void;
}

function Amount({ label, value, suffix = "", onChange }: AmountProps) {
  return (
    <NumberInput
      className={styles.amount}
      size="sm"
      aria-label={label}
      suffix={suffix}
      value={value}
      onChange={(amount) => onChange(Number(amount) || 0)}
    />
  );
}

interface MoneyValue {
  amount_minor: number;
  currency: string;
}

const MINOR = 100;

function Money({ value, onChange }: { value: MoneyValue; onChange(value: unknown): void }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        className={styles.currency}
        size="sm"
        aria-label={t("conditions.currency")}
        maxLength={3}
        value={value.currency}
        onChange={(event) =>
          onChange({ ...value, currency: event.currentTarget.value.toUpperCase() })
        }
      />
      <Amount
        label={t("conditions.value")}
        value={value.amount_minor / MINOR}
        onChange={(amount) => onChange({ ...value, amount_minor: Math.round(amount * MINOR) })}
      />
    </>
  );
}
