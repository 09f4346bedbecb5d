import { Button, Switch, TagsInput, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConsentRules } from "../api/types";
import styles from "../risk/Settings.module.css";
import { useSaveConsentRules } from "./queries";

const WORD_MAX = 40;
const REPLY_MAX = 1000;

interface PartProps {
  draft: ConsentRules;
  onChange(changed: Partial<ConsentRules>): void;
}

/** One region's words and answers, changed together. */
export function RegionConsent({ rules }: { rules: ConsentRules }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(rules);
  const save = useSaveConsentRules(rules.region_id);
  const changed = JSON.stringify(draft) !== JSON.stringify(rules);
  const change = (some: Partial<ConsentRules>) => setDraft({ ...draft, ...some });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft);
  };
  return (
    <form onSubmit={submit}>
      <Words draft={draft} onChange={change} />
      <Answers draft={draft} onChange={change} />
      <div className={styles.deeds}>
        <Button
          type="submit"
          disabled={!changed || draft.stop_words.length === 0}
          loading={save.isPending}
        >
          {t("consentSettings.save")}
        </Button>
        {changed && (
          <Button variant="default" onClick={() => setDraft(rules)}>
            {t("consentSettings.discard")}
          </Button>
        )}
      </div>
    </form>
  );
}

function Words({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const short = (words: string[]) => words.map((word) => word.slice(0, WORD_MAX));
  return (
    <section className={styles.part}>
      <h2>{t("consentSettings.words")}</h2>
      <p className={styles.hint}>{t("consentSettings.wordsHint")}</p>
      <TagsInput
        className={styles.words}
        label={t("consentSettings.stopWords")}
        value={draft.stop_words}
        onChange={(words) => onChange({ stop_words: short(words) })}
      />
      <TagsInput
        label={t("consentSettings.startWords")}
        value={draft.start_words}
        onChange={(words) => onChange({ start_words: short(words) })}
      />
    </section>
  );
}

const REPLIES = [
  ["stop_reply", "zh"],
  ["stop_reply", "en"],
  ["start_reply", "zh"],
  ["start_reply", "en"],
] as const;

function Answers({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <section className={styles.part}>
      <h2>{t("consentSettings.answers")}</h2>
      <Switch
        label={t("consentSettings.confirms")}
        description={t("consentSettings.confirmsHint")}
        checked={draft.confirms}
        onChange={({ currentTarget }) => onChange({ confirms: currentTarget.checked })}
      />
      {REPLIES.map(([which, tongue]) => (
        <Textarea
          key={`${which}/${tongue}`}
          label={t(`consentSettings.${which}.${tongue}`)}
          disabled={!draft.confirms}
          required={draft.confirms}
          withAsterisk={false}
          autosize
          maxLength={REPLY_MAX}
          mt={10}
          value={draft[which][tongue]}
          onChange={({ currentTarget }) =>
            onChange({ [which]: { ...draft[which], [tongue]: currentTarget.value } })
          }
        />
      ))}
    </section>
  );
}
