import { TrendingUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { riseWords } from "./figures";
import styles from "./Keywords.module.css";
import type { Keyword } from "./queries";

/** By how much it is higher than usual; said loudly only where that is no chance. */
export function Rise({ term }: { term: Keyword }) {
  const { t } = useTranslation();
  const words = riseWords(term);
  if (!words) return null;
  return (
    <span className={styles.rise} data-risen={term.risen || undefined}>
      {term.risen && <TrendingUp size={13} role="img" aria-label={t("keywords.hasRisen")} />}
      {words === "new" ? t("keywords.new") : words}
    </span>
  );
}
