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

/** Each word leads to the message that has it. */
function Found({ words }: { words: Risk["words"] }) {
  const { t } = useTranslation();
  return (
    <p className={styles.found}>
      {t("risk.words")}
      {words.map((one) => (
        <button
          key={`${one.message_id} ${one.word}`}
          type="button"
          className={styles.word}
          title={t("risk.toMessage", { word: one.word })}
          onClick={() => askForMessage(one.message_id)}
        >
          {one.times > 1 ? t("risk.times", { word: one.word, count: one.times }) : one.word}
        </button>
      ))}
    </p>
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
