import { TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Search.module.css";

const PAUSE_MS = 300;
const LONGEST = 400;

interface FieldProps {
  value: string;
  onChange: (q: string) => void;
}

/** Looked for once the typing pauses, or with Enter; never while an input method composes. */
export function SearchField({ value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  const latest = useRef(onChange);
  latest.current = onChange;
  // What comes back is what was typed, without the space that the next word begins with: that stays.
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value]);
  useEffect(() => {
    const wanted = typed.trim();
    if (composing || wanted === value) return;
    const timer = setTimeout(() => latest.current(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, composing]);
  return (
    <TextInput
      className={styles.field}
      type="search"
      size="md"
      maxLength={LONGEST}
      autoFocus
      leftSection={<Search size={16} aria-hidden="true" />}
      aria-label={t("searchPage.field")}
      placeholder={t("searchPage.placeholder")}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onChange(typed.trim());
      }}
    />
  );
}
