import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { moneyOf } from "../components/money";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Imports.module.css";
import { meaningWords } from "./meanings";
import type { Draft } from "./queries";

/** The first lines as they would become, and what is wrong with them. */
export function Preview({ draft }: { draft: Draft }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  if (draft.preview.length === 0) {
    return draft.fit && <p className={styles.refusal}>{t("imports.noLines")}</p>;
  }
  const meanings = [...new Set(draft.preview.flatMap((line) => Object.keys(line.becomes)))];
  const shown = (meaning: string, line: Line) =>
    shownAs(t, meaning, line.becomes, { locale: i18n.language, time_zone });
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
                  <td key={meaning}>{shown(meaning, line)}</td>
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

type Line = Draft["preview"][number];

/** A cell as people read it: times in the reader's zone, amounts with their money, states in words. */
export function shownAs(
  t: TFunction,
  meaning: string,
  becomes: Line["becomes"],
  { locale, time_zone }: { locale: string; time_zone: string },
): string {
  const text = becomes[meaning] ?? "";
  if (!text) return "";
  if (meaning === "consent") return t(`imports.answer.${text}`);
  if (meaning === "order_state") return t(`imports.orderState.${text}`, { defaultValue: text });
  if (TIMES.includes(meaning)) return fullTime(text, locale, time_zone);
  if (meaning === "total_minor") return moneyOf(Number(text), becomes.currency ?? "");
  return text;
}

const TIMES = ["placed_at", "paid_at", "consent_at"];
