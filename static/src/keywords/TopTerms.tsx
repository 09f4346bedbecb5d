import { useState } from "react";
import { useTranslation } from "react-i18next";
import { percent } from "./figures";
import styles from "./Keywords.module.css";
import type { Keyword } from "./queries";
import { Rise } from "./Rise";

const FIRST = 30;

interface TopProps {
  terms: readonly Keyword[];
  onOpen: (term: string) => void;
}

/** The commonest terms, each with its share and what that is worth. */
export function TopTerms({ terms, onOpen }: TopProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const most = terms[0]?.share ?? 1;
  return (
    <section aria-labelledby="keywords-top">
      <h2 id="keywords-top" className={styles.subtitle}>
        {t("keywords.top")}
      </h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("keywords.column.term")}</th>
            <th scope="col">{t("keywords.column.conversations")}</th>
            <th scope="col">{t("keywords.column.share")}</th>
            <th scope="col">{t("keywords.column.rise")}</th>
          </tr>
        </thead>
        <tbody>
          {(all ? terms : terms.slice(0, FIRST)).map((term) => (
            <tr key={term.id}>
              <th scope="row">
                <button type="button" className={styles.word} onClick={() => onOpen(term.id)}>
                  {term.text}
                </button>
              </th>
              <td>{term.conversations}</td>
              <td
                title={t("keywords.bounds", { low: percent(term.low), high: percent(term.high) })}
              >
                <span className={styles.bar} style={{ width: `${(term.share / most) * 60}%` }} />
                {percent(term.share)}
              </td>
              <td>
                <Rise term={term} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {!all && terms.length > FIRST && (
        <button type="button" className={styles.word} onClick={() => setAll(true)}>
          {t("keywords.showAll", { count: terms.length })}
        </button>
      )}
    </section>
  );
}
