import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Factor.module.css";

const DIGITS = 6;

interface CodeFieldProps {
  value: string;
  label: string;
  error: string | null;
  /** Also recovery codes, which have letters. */
  words?: boolean;
  onChange(value: string): void;
  /** Six digits are there: nobody needs to press Enter. */
  onFull(code: string): void;
}

export function CodeField(props: CodeFieldProps) {
  const { value, label, error, words = false, onChange, onFull } = props;
  const { t } = useTranslation();
  const type = (next: string) => {
    onChange(next);
    const digits = next.replace(/\s/g, "");
    if (/^\d+$/.test(digits) && digits.length === DIGITS) onFull(digits);
  };
  return (
    <TextInput
      data-autofocus
      className={styles.code}
      label={label}
      description={words ? t("factor.ask.recoveryHint") : undefined}
      value={value}
      error={error}
      inputMode={words ? "text" : "numeric"}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={20}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
