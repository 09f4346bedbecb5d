import { Button } from "@mantine/core";
import { ArrowRightLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Conversation, Handover, Me } from "../../api/types";
import { useShortTime } from "../../components/useShortTime";
import { useMe } from "../../session/MeContext";
import styles from "./Asides.module.css";
import { useAcknowledge, useHandovers } from "./queries";

/** Whoever it was given to, anybody of that team, and whoever has the conversation now. */
function isMine(me: Me, { to_person, to_team }: Handover, conversation: Conversation): boolean {
  const mine = [to_person?.id, conversation.assignee?.id].includes(me.id);
  return mine || (to_team !== null && me.team_ids.includes(to_team.id));
}

/** On top of the thread until its taker has read it. */
export function PinnedHandover({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const me = useMe();
  const acknowledge = useAcknowledge();
  const waiting = useHandovers(conversation.id).data?.results.find(({ ended_at }) => !ended_at);
  if (!waiting) return null;
  return (
    <section className={styles.pinned} aria-label={t("handover.title")} data-part="handover">
      <Head handover={waiting}>
        {isMine(me, waiting, conversation) ? (
          <Button
            size="compact-sm"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate(waiting)}
          >
            {t("handover.acknowledge")}
          </Button>
        ) : (
          <span>{t("handover.waits")}</span>
        )}
      </Head>
      <Facts handover={waiting} />
    </section>
  );
}

/** Its place in the thread, for good. */
export function HandoverCard({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  const { ended_how, ended_by } = handover;
  const state =
    ended_how === "acknowledged"
      ? t("handover.acknowledged", { name: ended_by?.name ?? "" })
      : ended_how && t(`handover.${ended_how}`);
  return (
    <article className={styles.handover}>
      <Head handover={handover}>
        <span>{state}</span>
      </Head>
      <Facts handover={handover} />
    </article>
  );
}

function Head({ handover, children }: { handover: Handover; children: React.ReactNode }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { given_by, to_person, to_team, given_at } = handover;
  const to = to_person?.name ?? to_team?.name ?? "";
  return (
    <header className={styles.head}>
      <ArrowRightLeft size={15} aria-hidden="true" />
      <strong className={styles.author}>
        {given_by
          ? t("handover.from", { from: given_by.name, to })
          : t("handover.fromBare", { to })}
      </strong>
      <time className={styles.time} dateTime={given_at}>
        {time(given_at)}
      </time>
      <span className={styles.grow} />
      {children}
    </header>
  );
}

function Facts({ handover }: { handover: Handover }) {
  const { t } = useTranslation();
  const { asked, done, open } = handover.summary;
  const facts = [
    [t("handover.askedShort"), asked],
    [t("handover.doneShort"), done],
    [t("handover.openShort"), open],
  ].filter(([, words]) => words);
  if (facts.length === 0) return <p className={styles.gone}>{t("handover.empty")}</p>;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, words]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd dir="auto">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
