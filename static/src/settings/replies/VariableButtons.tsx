import { useTranslation } from "react-i18next";
import styles from "./Prepared.module.css";

/** Those of `inbox/canned/variables.py`. */
export const VARIABLES = [
  "contact.name",
  "agent.name",
  "order.number",
  "order.latest",
  "tracking.number",
  "amount",
  "today",
  "tomorrow",
  "business_hours",
  "next_holiday",
  "region.name",
  "channel.name",
  "contact.phone",
  "case.number",
];

/** Puts a variable in where the text is being written. */
export function VariableButtons({ onInsert }: { onInsert(name: string): void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.variables} role="toolbar" aria-label={t("settings.variables")}>
      <span>{t("settings.variables")}</span>
      {VARIABLES.map((name) => (
        <button key={name} type="button" title={`{${name}}`} onClick={() => onInsert(name)}>
          {t(`quick.variable.${name.replaceAll(".", "_")}`)}
        </button>
      ))}
    </div>
  );
}
