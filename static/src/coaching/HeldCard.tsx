import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { HeldReply } from "../api/types";
import { span, useMinute } from "../components/times";
import styles from "./Coaching.module.css";
import { Comments } from "./Comments";
import { Decide } from "./Decide";
import { TextDiff } from "./TextDiff";

interface CardProps {
  held: HeldReply;
  /** The thread around it says the rest. */
  inThread?: boolean;
}

/** A trainee's reply with what a mentor needs to decide on it. */
export function HeldCard({ held, inThread = false }: CardProps) {
  const { t } = useTranslation();
  return (
    <li className={styles.card} data-held={held.id}>
      <header className={styles.cardHead}>
        <strong>{held.trainee?.name}</strong>
        {!inThread && (
          <Link href={`/inbox/all/${held.conversation_id}`} className={styles.link}>
            {t("coaching.to", { name: held.contact_name })}
          </Link>
        )}
        <When held={held} />
        {held.state === "waiting" && held.alarms.map((alarm) => <Alarm key={alarm} name={alarm} />)}
      </header>
      {!inThread && held.question && (
        <p className={styles.question} dir="auto">
          {held.question}
        </p>
      )}
      <div className={styles.reply} dir="auto">
        {wordsOf(held) || t(`inbox.kind.${held.message.kind}`, { defaultValue: held.message.kind })}
      </div>
      {held.edited && (
        <TextDiff before={held.before ?? ""} after={held.message.content.text ?? ""} />
      )}
      <Comments comments={held.comments} />
      {held.may_decide && <Decide held={held} />}
    </li>
  );
}

function wordsOf({ message }: HeldReply): string {
  return message.content.text ?? message.content.name ?? "";
}

function When({ held }: { held: HeldReply }) {
  const { t } = useTranslation();
  const now = useMinute();
  if (held.state === "waiting") {
    const waited = span(Math.max(0, now - Date.parse(held.held_at)), t);
    return <span className={styles.muted}>{t("coaching.waits", { waited })}</span>;
  }
  const name = held.decided_by?.name ?? "";
  const how = held.state === "approved" && held.edited ? "edited" : held.state;
  return <span className={styles.muted}>{t(`coaching.state.${how}`, { name })}</span>;
}

function Alarm({ name }: { name: HeldReply["alarms"][number] }) {
  const { t } = useTranslation();
  const grave = name === "closed" || name === "closing" || name === "late";
  return (
    <span className={styles.alarm} data-grave={grave || undefined}>
      {t(`coaching.alarm.${name}`)}
    </span>
  );
}
