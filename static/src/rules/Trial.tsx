import { Button, NumberInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useShortTime } from "../components/useShortTime";
import { useBeginTrial, useReading, useTrial } from "./queries";
import styles from "./Rules.module.css";
import type { Draft, RuleTrial } from "./types";

/** What the rule, as it stands in the editor, would have done: nothing is done. */
export function Trial({ region, draft }: { region: number; draft: Draft }) {
  const { t } = useTranslation();
  const [days, setDays] = useState(7);
  const begin = useBeginTrial(region);
  const { data } = useTrial(begin.data?.id ?? null);
  const [tried, setTried] = useState<Draft | null>(null);
  const running = begin.isPending || (data && ["waiting", "running"].includes(data.state));
  return (
    <>
      <p className={styles.hint}>{t("rules.trial.hint")}</p>
      <div className={styles.row}>
        <NumberInput
          label={t("rules.trial.days")}
          min={1}
          max={90}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDays(Number(value) || 1)}
        />
        <Button
          className={styles.beside}
          loading={Boolean(running)}
          onClick={() => {
            setTried(draft);
            begin.mutate({ days, draft: { ...draft, name: draft.name || "—" } });
          }}
        >
          {t("rules.trial.begin")}
        </Button>
      </div>
      {data && tried !== draft && <p className={styles.wrong}>{t("rules.trial.stale")}</p>}
      {data && tried && (
        <Outcome trial={data}>
          <Reading region={region} draft={tried} />
        </Outcome>
      )}
    </>
  );
}

/** What is done each time: the rule as it was tried, in the reader's language. */
function Reading({ region, draft }: { region: number; draft: Draft }) {
  const { i18n } = useTranslation();
  const { data } = useReading(region, { ...draft, name: draft.name || "—" });
  return data && <p className={styles.words}>{i18n.language === "en" ? data.en : data.zh}</p>;
}

function Outcome({ trial, children }: { trial: RuleTrial; children: ReactNode }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { state, looked, fired, contacts, found, of_today } = trial;
  return (
    <section aria-label={t("rules.trial.name")}>
      <p role="status">
        {state === "failed"
          ? t("rules.trial.failed")
          : t(state === "done" ? "rules.trial.done" : "rules.trial.running", {
              looked,
              fired,
              contacts,
            })}
      </p>
      {fired > 0 && children}
      {fired > found.length && found.length > 0 && (
        <p className={styles.hint}>{t("rules.trial.newest", { n: found.length })}</p>
      )}
      {of_today.length > 0 && (
        <p className={styles.hint}>{t("rules.trial.ofToday", { facts: of_today.join("、") })}</p>
      )}
      <ul className={styles.found}>
        {found.map(({ contact, conversation_id, at }) => (
          <li key={`${contact?.id} ${at}`}>
            <span>{time(at)}</span>
            {conversation_id ? (
              <Link href={`/c/${conversation_id}`}>{contact?.name}</Link>
            ) : (
              <span>{contact?.name}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
