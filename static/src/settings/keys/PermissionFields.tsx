import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { permissionName } from "../../access/rightWords";
import { Tick } from "../../components/Tick";
import styles from "./Keys.module.css";

interface FieldsProps {
  offered: readonly string[];
  value: string[];
  error: string | null;
  onChange(names: string[]): void;
}

/** One tick for each of one's own permissions, by their words. */
export function PermissionFields({ offered, value, error, onChange }: FieldsProps) {
  const { t, i18n } = useTranslation();
  const named = offered.map((name) => ({ name, words: permissionName(name, t) }));
  named.sort((one, other) => one.words.localeCompare(other.words, i18n.language));
  const set = (name: string, on: boolean) =>
    onChange(on ? [...value, name] : value.filter((one) => one !== name));
  return (
    <fieldset className={styles.fieldset}>
      <legend className={styles.legend}>{t("keysPage.new.permissions")}</legend>
      <p className={styles.legendHint}>{t("keysPage.new.permissionsHint")}</p>
      <span className={styles.both}>
        <Button variant="default" size="compact-sm" onClick={() => onChange([...offered])}>
          {t("keysPage.new.all")}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => onChange([])}>
          {t("keysPage.new.nothing")}
        </Button>
      </span>
      <div className={styles.permissions}>
        {named.map(({ name, words }) => (
          <Tick key={name} checked={value.includes(name)} onChange={(on) => set(name, on)}>
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
