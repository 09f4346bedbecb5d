import { Badge, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useShortTime } from "../components/useShortTime";
import { useRules, useWhy } from "./queries";
import styles from "./Rules.module.css";
import { Runs } from "./Runs";
import { VerdictView } from "./VerdictView";

interface Props {
  id: string;
  region: number;
  /** The rule that is asked of first. */
  asked: string | null;
}

/** What rules did in a conversation, and why one did or did not. */
export function InConversation({ id, region, asked }: Props) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { data: rules } = useRules(region);
  const [chosen, setChosen] = useState(asked);
  const { data: whys } = useWhy(id, chosen);
  return (
    <section className={styles.talk} aria-label={t("rules.talk.name")}>
      <h2>
        {t("rules.talk.name")} <Link href={`/c/${id}`}>{t("rules.talk.open")}</Link>
      </h2>
      <Runs of={{ conversation: id }} />
      <Select
        className={styles.region}
        label={t("rules.talk.why")}
        placeholder={t("rules.talk.choose")}
        data={(rules ?? []).map((rule) => ({ value: rule.id, label: rule.name }))}
        value={chosen}
        onChange={setChosen}
      />
      {whys?.length === 0 && <p className={styles.hint}>{t("rules.talk.nothing")}</p>}
      <ul className={styles.runs}>
        {whys?.map((why) => (
          <li key={why.at + why.came} className={styles.run}>
            <p className={styles.runHead}>
              <span>{time(why.at)}</span>
              <Badge variant="light" color={why.came === "fired" ? "teal" : "gray"}>
                {t(`rules.came.${why.came}`)}
              </Badge>
              {why.of_today && <span>{t("rules.talk.ofToday")}</span>}
            </p>
            {why.verdict.parts && <VerdictView verdict={why.verdict} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
