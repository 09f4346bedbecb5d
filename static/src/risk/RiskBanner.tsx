import { Button } from "@mantine/core";
import { Phone, ShieldAlert } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Risk } from "../api/types";
import { span, useMinute } from "../components/times";
import { useShortTime } from "../components/useShortTime";
import { useMe } from "../session/MeContext";
import { askForMessage } from "../thread/askForMessage";
import { useRisk, useTakeRisk } from "./queries";
import styles from "./Risk.module.css";
import "./words";

const RiskDialog = lazy(() => import("./RiskDialog"));

/** Above a risky thread: what was found where, whose it is, and what to do. */
export default function RiskBanner({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const { data: detail } = useRisk(conversation);
  const { risk } = conversation;
  if (!risk) return null;
  return (
    <section
      className={styles.banner}
      data-severity={risk.severity}
      aria-label={t(`risk.title.${risk.kind}`)}
    >
      <ShieldAlert className={styles.sign} size={20} aria-hidden="true" />
      <div className={styles.words}>
        <strong>{t(`risk.title.${risk.kind}`)}</strong>
        <Standing risk={risk} />
        {detail?.note && (
          <p>{t("risk.by", { name: detail.raised_by?.name ?? "Kefu", note: detail.note })}</p>
        )}
        {detail && detail.words.length > 0 && <Found words={detail.words} />}
        {detail && <Advice risk={detail} />}
      </div>
      <Deeds conversation={conversation} detail={detail ?? null} />
    </section>
  );
}

function Standing({ risk }: { risk: NonNullable<Conversation["risk"]> }) {
  const { t } = useTranslation();
  const me = useMe();
  const time = useShortTime();
  const now = useMinute();
  if (risk.taken_by) {
    const mine = risk.taken_by.id === me.id;
    const since = { name: risk.taken_by.name, time: time(risk.raised_at) };
    return <p role="status">{t(mine ? "risk.mine" : "risk.takenBy", since)}</p>;
  }
  if (!risk.due_at) return <p role="status">{t("risk.last")}</p>;
  const left = Date.parse(risk.due_at) - now;
  const standing = risk.given_to
    ? t("risk.waitsFor", { name: risk.given_to.name })
    : t("risk.untaken");
  const words =
    left > 0 ? t("risk.due", { standing, span: span(left, t) }) : t("risk.dueNow", { standing });
  return <p role="status">{words}</p>;
}

/** Each word once, with how often it was found. */
function Found({ words }: { words: Risk["words"] }) {
  const { t } = useTranslation();
  const places = new Map<string, Risk["words"]>();
  for (const one of words) places.set(one.word, [...(places.get(one.word) ?? []), one]);
  return (
    <p className={styles.found}>
      {t("risk.words")}
      {[...places].map(([word, found]) => (
        <Word key={word} word={word} found={found} />
      ))}
    </p>
  );
}

/** Leads to the messages that have it, one after the other. */
function Word({ word, found }: { word: string; found: Risk["words"] }) {
  const { t } = useTranslation();
  const [next, setNext] = useState(0);
  const times = found.reduce((sum, one) => sum + one.times, 0);
  const show = () => {
    const one = found[next % found.length];
    if (one) askForMessage(one.message_id);
    setNext((next + 1) % found.length);
  };
  return (
    <button
      type="button"
      className={styles.word}
      title={t(found.length > 1 ? "risk.toMessages" : "risk.toMessage", { word })}
      onClick={show}
    >
      {times > 1 ? t("risk.times", { word, count: times }) : word}
    </button>
  );
}

function Advice({ risk }: { risk: Risk }) {
  const { t, i18n } = useTranslation();
  const [first, second] = [risk.advice_zh, risk.advice_en];
  const words = i18n.language === "en" ? second || first : first || second;
  if (!words) return null;
  return (
    <p className={styles.advice}>
      <Phone size={14} role="img" aria-label={t("risk.advice")} />
      <span>{words}</span>
    </p>
  );
}

function Deeds({ conversation, detail }: { conversation: Conversation; detail: Risk | null }) {
  const { t } = useTranslation();
  const take = useTakeRisk();
  const [closing, setClosing] = useState(false);
  return (
    <span className={styles.deeds}>
      {detail?.may_take && (
        <Button
          size="compact-md"
          color="red"
          loading={take.isPending}
          onClick={() => take.mutate({ id: conversation.id })}
        >
          {t("risk.take")}
        </Button>
      )}
      {detail?.may_close && (
        <Button variant="default" size="compact-md" onClick={() => setClosing(true)}>
          {t("risk.close")}
        </Button>
      )}
      {closing && (
        <Suspense>
          <RiskDialog
            deed="close"
            conversationId={conversation.id}
            onClose={() => setClosing(false)}
          />
        </Suspense>
      )}
    </span>
  );
}
