import { NumberInput, Select, TagsInput, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RiskSettings } from "../api/types";
import { Part } from "./RegionRisk";
import styles from "./Settings.module.css";

type Rule = RiskSettings["rules"][number];
type Word = RiskSettings["words"][number];
const LANGUAGES: readonly Word["language"][] = ["zh", "yue", "en"];
const MOST_ALARMS = 5;

interface KindProps {
  rule: Rule;
  draft: RiskSettings;
  onChange: (draft: RiskSettings) => void;
}

/** One kind of risk: when it counts, its words by language, and what to do. */
export function KindFields({ rule, draft, onChange }: KindProps) {
  const { t } = useTranslation();
  const set = (change: Partial<Rule>) =>
    onChange({
      ...draft,
      rules: draft.rules.map((one) => (one.kind === rule.kind ? { ...one, ...change } : one)),
    });
  return (
    <Part title={t(`riskSettings.kind.${rule.kind}`)}>
      <div className={styles.fields}>
        {rule.kind !== "other" && <Counting rule={rule} onSet={set} />}
        <Select
          label={t("riskSettings.severity")}
          allowDeselect={false}
          data={(["1", "2", "3"] as const).map((value) => ({
            value,
            label: t(`riskSettings.severities.${value}`),
          }))}
          value={String(rule.severity)}
          onChange={(value) => set({ severity: Number(value) })}
        />
      </div>
      {rule.kind !== "other" && <WordFields kind={rule.kind} draft={draft} onChange={onChange} />}
      <div className={styles.fields}>
        <Textarea
          label={t("riskSettings.adviceZh")}
          autosize
          minRows={2}
          maxLength={2000}
          value={rule.advice_zh}
          onChange={(event) => set({ advice_zh: event.currentTarget.value })}
        />
        <Textarea
          label={t("riskSettings.adviceEn")}
          autosize
          minRows={2}
          maxLength={2000}
          value={rule.advice_en}
          onChange={(event) => set({ advice_en: event.currentTarget.value })}
        />
      </div>
    </Part>
  );
}

function Counting({ rule, onSet }: { rule: Rule; onSet: (change: Partial<Rule>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <NumberInput
        label={t("riskSettings.mentions")}
        min={1}
        max={100}
        value={rule.mentions}
        onChange={(mentions) => onSet({ mentions: Number(mentions) || 1 })}
      />
      <NumberInput
        label={t("riskSettings.hours")}
        min={1}
        max={720}
        value={rule.window_hours}
        onChange={(hours) => onSet({ window_hours: Number(hours) || 1 })}
      />
    </>
  );
}

function WordFields({ kind, draft, onChange }: Omit<KindProps, "rule"> & { kind: Rule["kind"] }) {
  const { t } = useTranslation();
  const mine = draft.words.filter((word) => word.kind === kind);
  const alarms = mine
    .filter(({ false_alarms }) => false_alarms > 0)
    .sort((one, other) => other.false_alarms - one.false_alarms)
    .slice(0, MOST_ALARMS);
  const set = (language: Word["language"], texts: string[]) => {
    const kept = new Map(mine.map((word) => [`${word.language} ${word.text}`, word]));
    const next = texts.map(
      (text) =>
        kept.get(`${language} ${text}`) ?? { kind, language, text, cases: 0, false_alarms: 0 },
    );
    const others = draft.words.filter((word) => word.kind !== kind || word.language !== language);
    onChange({ ...draft, words: [...others, ...next] });
  };
  return (
    <>
      {LANGUAGES.map((language) => (
        <TagsInput
          key={language}
          className={styles.words}
          label={t("riskSettings.wordsIn", { language: t(`riskSettings.language.${language}`) })}
          placeholder={t("riskSettings.wordsHint")}
          splitChars={["\n", "、"]}
          maxDropdownHeight={0}
          value={mine.filter((word) => word.language === language).map(({ text }) => text)}
          onChange={(texts) => set(language, texts)}
        />
      ))}
      {alarms.length > 0 && (
        <ul className={styles.alarms} aria-label={t("riskSettings.figures")}>
          {alarms.map(({ text, cases, false_alarms }) => (
            <li key={text}>
              {t("riskSettings.figure", { word: text, alarms: false_alarms, cases })}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
