import { Check, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./Rules.module.css";
import type { Verdict } from "./types";

/** Every condition with whether it held, and what was seen. */
export function VerdictView({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const label = t(verdict.holds ? "rules.held" : "rules.heldNot");
  const Sign = verdict.holds ? Check : X;
  const sign = (
    <Sign size={14} aria-label={label} className={verdict.holds ? styles.held : styles.heldNot} />
  );
  if (!verdict.parts)
    return (
      <p className={styles.outcome}>
        {sign}
        {verdict.text}
        {seenIn(verdict.seen) && <em>{t("rules.seen", { what: seenIn(verdict.seen) })}</em>}
      </p>
    );
  return (
    <div className={styles.verdict}>
      <p className={styles.outcome}>
        {sign}
        {t(`conditions.${verdict.how}`)}
      </p>
      {verdict.parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a verdict never changes
        <VerdictView key={index} verdict={part} />
      ))}
    </div>
  );
}

/** Words that were mentioned, and numbers; ids and times say nothing to a reader. */
export function seenIn(seen: unknown): string {
  if (typeof seen === "number") return String(seen);
  if (!Array.isArray(seen)) return "";
  return seen.filter((one) => typeof one === "string" && !/^[0-9a-f-]{36}$/.test(one)).join("、");
}
