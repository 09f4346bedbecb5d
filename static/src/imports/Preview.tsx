import { useTranslation } from "react-i18next";
import styles from "./Imports.module.css";
import { meaningWords } from "./meanings";
import type { Draft } from "./queries";

/** The first lines as they would become, and what is wrong with them. */
export function Preview({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  if (draft.preview.length === 0) return null;
  const meanings = [...new Set(draft.preview.flatMap((line) => Object.keys(line.becomes)))];
  return (
    <section aria-label={t("imports.preview")}>
      <h3 className={styles.title}>{t("imports.preview")}</h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t("imports.lineShort")}</th>
              {meanings.map((meaning) => (
                <th key={meaning} scope="col">
                  {meaningWords(t, meaning, draft.choices)}
                </th>
              ))}
              <th scope="col">{t("imports.wrong")}</th>
            </tr>
          </thead>
          <tbody>
            {draft.preview.map((line) => (
              <tr key={line.line} data-odd={(line.problems ?? []).length > 0}>
                <td>{line.line}</td>
                {meanings.map((meaning) => (
                  <td key={meaning}>{shown(t, meaning, line.becomes[meaning] ?? "")}</td>
                ))}
                <td>{(line.problems ?? []).map(({ message }) => message).join(" ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function shown(t: (key: string) => string, meaning: string, text: string): string {
  if (meaning === "consent" && text) return t(`imports.answer.${text}`);
  return text;
}
