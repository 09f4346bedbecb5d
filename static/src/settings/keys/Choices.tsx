import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Tick } from "../../components/Tick";
import styles from "./Keys.module.css";

interface ChoicesProps {
  label: string;
  hint?: string;
  /** In the order they are shown. */
  offered: readonly { value: string; words: string }[];
  value: string[];
  error: string | null;
  onChange(chosen: string[]): void;
}

const MANY = 6;

/** Some of several things, each with a tick; of many, all or none at once. */
export function Choices({ label, hint, offered, value, error, onChange }: ChoicesProps) {
  const { t } = useTranslation();
  const set = (one: string, on: boolean) =>
    onChange(on ? [...value, one] : value.filter((other) => other !== one));
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{label}</legend>
      {hint && <p className={styles.legendHint}>{hint}</p>}
      {offered.length > MANY && (
        <span className={styles.both}>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onChange(offered.map((one) => one.value))}
          >
            {t("keysPage.new.all")}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => onChange([])}>
            {t("keysPage.new.nothing")}
          </Button>
        </span>
      )}
      <div className={styles.permissions}>
        {offered.map(({ value: one, words }) => (
          <Tick key={one} checked={value.includes(one)} onChange={(on) => set(one, on)}>
            {words}
          </Tick>
        ))}
      </div>
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
