import { useTranslation } from "react-i18next";
import type { Board } from "../api/types";
import { span } from "../components/times";
import styles from "./Board.module.css";

const MOST_COUNTED = 1000;

/** Today in figures. */
export function Figures({ figures }: { figures: Board["figures"] }) {
  const { t, i18n } = useTranslation();
  const number = new Intl.NumberFormat(i18n.language);
  const { received, answered, resolved, median_seconds, over_window } = figures;
  const over = number.format(over_window);
  const shown = {
    received: number.format(received),
    answered: number.format(answered),
    resolved: number.format(resolved),
    median: median_seconds === null ? t("board.none") : span(median_seconds * 1000, t),
    overWindow: over_window < MOST_COUNTED ? over : t("board.many", { n: over }),
  } as const;
  return (
    <dl className={styles.figures} aria-label={t("board.figures")}>
      {(Object.keys(shown) as (keyof typeof shown)[]).map((name) => (
        <div key={name}>
          <dt>{t(`board.${name}`)}</dt>
          <dd>{shown[name]}</dd>
        </div>
      ))}
    </dl>
  );
}
