import { MultiSelect, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Askable } from "../api/types";
import { digitsOf } from "../components/money";
import styles from "./Conditions.module.css";

interface FieldProps {
  shape: string;
  choices: Askable["choices"];
  value: unknown;
  onChange(value: unknown): void;
}

/** The value of a condition, asked for as its operator needs it. */
export function ValueField({ shape, choices, value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const label = t("conditions.value");
  if (shape === "choices" && choices) {
    return (
      <MultiSelect
        className={styles.wide}
        aria-label={label}
        searchable
        placeholder={(value as string[] | null)?.length ? undefined : t("conditions.choose")}
        nothingFoundMessage={t("conditions.nothing")}
        data={choices.map(({ value: key, label: name }) => ({ value: key, label: name }))}
        value={(value as string[] | null) ?? []}
        onChange={onChange}
      />
    );
  }
  if (shape === "words" || shape === "choices") {
    return (
      <TagsInput
        className={styles.wide}
        aria-label={label}
        placeholder={t("conditions.words")}
        value={(value as string[] | null) ?? []}
        onChange={onChange}
      />
    );
  }
  if (shape === "range" || shape === "duration_range") {
    return <Range value={value as (number | null)[]} onChange={onChange} />;
  }
  if (shape === "moment") {
    return (
      <TextInput
        type="date"
        aria-label={label}
        value={String(value ?? "").slice(0, 10)}
        onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
      />
    );
  }
  if (shape === "money") return <Money value={value as MoneyValue} onChange={onChange} />;
  if (shape === "none") return null;
  return (
    <NumberInput
      className={styles.number}
      aria-label={label}
      suffix={shape === "number" ? undefined : t(`conditions.suffix.${shape}`)}
      allowDecimal={shape === "number"}
      value={(value as number | null) ?? ""}
      onChange={(number) => onChange(number === "" ? null : Number(number))}
    />
  );
}

function Range({ value, onChange }: { value: (number | null)[]; onChange(value: unknown): void }) {
  const { t } = useTranslation();
  const [low = null, high = null] = value ?? [];
  const read = (number: string | number) => (number === "" ? null : Number(number));
  return (
    <>
      <NumberInput
        className={styles.number}
        aria-label={t("conditions.from")}
        value={low ?? ""}
        onChange={(number) => onChange([read(number), high])}
      />
      <NumberInput
        className={styles.number}
        aria-label={t("conditions.to")}
        value={high ?? ""}
        onChange={(number) => onChange([low, read(number)])}
      />
    </>
  );
}

interface MoneyValue {
  amount_minor: number | null;
  currency: string;
}

function Money({ value, onChange }: { value: MoneyValue; onChange(value: unknown): void }) {
  const { t } = useTranslation();
  const { amount_minor, currency } = value ?? { amount_minor: null, currency: "TWD" };
  const digits = digitsOf(currency);
  // The amount that is read stays, however the other currency is counted.
  const inCurrency = (other: string) => ({
    currency: other,
    amount_minor:
      amount_minor === null ? null : Math.round(amount_minor * 10 ** (digitsOf(other) - digits)),
  });
  return (
    <>
      <TextInput
        className={styles.currency}
        aria-label={t("conditions.currency")}
        maxLength={3}
        value={currency}
        onChange={({ currentTarget }) => onChange(inCurrency(currentTarget.value.toUpperCase()))}
      />
      <NumberInput
        className={styles.number}
        aria-label={t("conditions.amount")}
        min={0}
        decimalScale={digits}
        thousandSeparator=","
        value={amount_minor === null ? "" : amount_minor / 10 ** digits}
        onChange={(number) =>
          onChange({
            amount_minor: number === "" ? null : Math.round(Number(number) * 10 ** digits),
            currency,
          })
        }
      />
    </>
  );
}
