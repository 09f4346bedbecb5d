import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Imports.module.css";
import { meaningWords } from "./meanings";
import type { Draft, SetUp } from "./queries";

/** What each column means. One meaning is one column's, but for tags. */
export function Columns({ draft, onChange }: { draft: Draft; onChange(change: SetUp): void }) {
  const { t } = useTranslation();
  const taken = draft.columns.map(({ meaning }) => meaning);
  const choose = (index: number, meaning: string) => {
    const mapping = Object.fromEntries(
      draft.columns.map((one) => [String(one.index), one.index === index ? meaning : one.meaning]),
    );
    onChange({ mapping });
  };
  return (
    <section aria-label={t("imports.columns")}>
      <h3 className={styles.title}>{t("imports.columns")}</h3>
      {!draft.fit && <p className={styles.refusal}>{t(`imports.unfit.${draft.job.subject}`)}</p>}
      <ul className={styles.columns}>
        {draft.columns.map((column) => (
          <li key={column.index} className={styles.column}>
            <div className={styles.words}>
              <strong>{column.heading || t("imports.column", { n: column.index + 1 })}</strong>
              <p className={styles.cells}>{column.samples.join(" · ")}</p>
            </div>
            <Select
              aria-label={t("imports.meansOf", {
                column: column.heading || t("imports.column", { n: column.index + 1 }),
              })}
              placeholder={t("imports.leftOut")}
              data={draft.choices
                .filter(
                  ({ meaning }) =>
                    meaning === column.meaning || meaning === "tags" || !taken.includes(meaning),
                )
                .map(({ meaning }) => ({
                  value: meaning,
                  label: meaningWords(t, meaning, draft.choices),
                }))}
              value={column.meaning || null}
              clearable
              searchable
              onChange={(meaning) => choose(column.index, meaning ?? "")}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
