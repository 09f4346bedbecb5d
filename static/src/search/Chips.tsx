import { Button, NativeSelect, TextInput } from "@mantine/core";
import { SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Asked, Filter } from "./address";
import { FILTERS } from "./address";
import styles from "./Search.module.css";
import { useChoices } from "./useChoices";

interface ChipsProps {
  asked: Asked;
  onChange: (change: Asked) => void;
}

/** What it is narrowed to, each with a way to take it off; and all there is to narrow it by. */
export function Chips({ asked, onChange }: ChipsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const choices = useChoices();
  const set = FILTERS.filter((name) => asked[name]);
  return (
    <section className={styles.narrowing} aria-label={t("searchPage.filters")}>
      <div className={styles.chips}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<SlidersHorizontal size={14} aria-hidden="true" />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {t("searchPage.filters")}
        </Button>
        {set.map((name) => (
          <Button
            key={name}
            variant="light"
            size="compact-sm"
            rightSection={<X size={13} aria-hidden="true" />}
            aria-label={t("searchPage.remove", { what: chipOf(name) })}
            onClick={() => onChange({ [name]: "" })}
          >
            {chipOf(name)}
          </Button>
        ))}
        {set.length > 1 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => onChange(Object.fromEntries(set.map((name) => [name, ""])))}
          >
            {t("searchPage.clear")}
          </Button>
        )}
      </div>
      {open && <Fields asked={asked} choices={choices} onChange={onChange} />}
    </section>
  );

  function chipOf(name: Filter): string {
    const value = asked[name] ?? "";
    const known = choices[name]?.find((one) => one.value === value)?.label ?? value;
    return t(`searchPage.chip.${name}`, { value: known });
  }
}

interface FieldsProps extends ChipsProps {
  choices: ReturnType<typeof useChoices>;
}

function Fields({ asked, choices, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const pick = (name: Filter) => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value });
  return (
    <div className={styles.fields}>
      {(["agent", "channel", "direction", "type", "tag", "region"] as const).map((name) => {
        const data = choices[name];
        if (!data) return null;
        return (
          <NativeSelect
            key={name}
            label={t(`searchPage.filter.${name}`)}
            value={asked[name] ?? ""}
            onChange={pick(name)}
            data={[{ value: "", label: t(`searchPage.any.${name}`) }, ...data]}
          />
        );
      })}
      <TextInput
        type="date"
        label={t("searchPage.filter.from")}
        value={asked.from ?? ""}
        max={asked.to}
        onChange={pick("from")}
      />
      <TextInput
        type="date"
        label={t("searchPage.filter.to")}
        value={asked.to ?? ""}
        min={asked.from}
        onChange={pick("to")}
      />
    </div>
  );
}
