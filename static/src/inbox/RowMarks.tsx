import type { TFunction } from "i18next";
import {
  AlarmClock,
  Banknote,
  Bell,
  CalendarClock,
  Clock,
  Flag,
  Hourglass,
  Lock,
  ShieldAlert,
  UserPen,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Conversation } from "../api/types";
import { dotOf } from "../card/dot";
import { clockTime, dayAndTime, dayIn, span } from "../components/times";
import { dueHint, isLocked, waitedMs, windowHint } from "./preview";
import styles from "./RowMarks.module.css";

interface MarkProps {
  conversation: Conversation;
  t: TFunction;
}

/** Small signs of what a conversation is; each has its name for screen readers. */
export function Marks({ conversation, t }: MarkProps) {
  const { priority, payment_marked_at, risk } = conversation;
  return (
    <>
      {risk && (
        <ShieldAlert
          className={styles.risk}
          data-taken={risk.taken_by !== null || undefined}
          size={14}
          role="img"
          aria-label={t("inbox.risk.mark", { kind: riskWords(risk, t) })}
        />
      )}
      {priority !== "normal" && (
        <Flag
          className={styles.priority}
          data-priority={priority}
          size={13}
          role="img"
          aria-label={t(`inbox.priority.${priority}`)}
        />
      )}
      {conversation.scheduled && (
        <CalendarClock
          className={styles.mark}
          data-troubled={conversation.scheduled.troubled || undefined}
          size={13}
          role="img"
          aria-label={t(
            conversation.scheduled.troubled ? "inbox.scheduled.troubled" : "inbox.scheduled.waits",
          )}
        />
      )}
      {isLocked(conversation, Date.now()) && (
        <Lock className={styles.mark} size={13} role="img" aria-label={t("inbox.locked")} />
      )}
      {conversation.held_count > 0 && (
        <UserPen
          className={styles.held}
          size={14}
          role="img"
          aria-label={t("inbox.held", { count: conversation.held_count })}
        />
      )}
      {payment_marked_at !== null && (
        <Banknote
          className={styles.mark}
          size={14}
          role="img"
          aria-label={t("inbox.payment.marked")}
        />
      )}
    </>
  );
}

const TAGS_SHOWN = 2;

/** The first tags by name; the others are told by their number. Each once, also where contact and conversation have it. */
export function TagMarks({ tags }: { tags: Conversation["tags"] }) {
  const shown = tags.filter(({ id }, at) => tags.findIndex((one) => one.id === id) === at);
  const rest = shown.length - TAGS_SHOWN;
  if (shown.length === 0) return null;
  return (
    <span className={styles.tags} title={shown.map(({ name }) => name).join(" · ")}>
      {shown.slice(0, TAGS_SHOWN).map(({ id, name, colour }) => (
        <span key={id} className={styles.tag} style={dotOf(colour)}>
          {name}
        </span>
      ))}
      {rest > 0 && <span className={styles.rest}>+{rest}</span>}
    </span>
  );
}

function riskWords(risk: NonNullable<Conversation["risk"]>, t: TFunction): string {
  const kind = t(`inbox.risk.kind.${risk.kind}`);
  const { taken_by } = risk;
  return taken_by
    ? t("inbox.risk.taken", { kind, name: taken_by.name })
    : t("inbox.risk.untaken", { kind });
}

interface PressingProps extends MarkProps {
  now: number;
  locale: string;
  timeZone: string;
}

/** The one thing that presses most. */
export function Pressing(props: PressingProps) {
  const { conversation, now, t } = props;
  if (conversation.snooze) return <Asleep {...props} until={conversation.snooze.until} />;
  const due = dueHint(conversation, now);
  // That it came back says more than a promise that nothing endangers yet.
  if (due && !(due.level === "calm" && conversation.woken_how)) {
    return (
      <Sign icon={<Hourglass size={12} />} level={due.level}>
        {t(due.level === "late" ? "inbox.due.late" : "inbox.due.left", {
          span: span(Math.abs(due.ms), t),
        })}
      </Sign>
    );
  }
  if (conversation.woken_how) {
    return (
      <Sign icon={<Bell size={12} />} level="back">
        {t(`inbox.woken.${conversation.woken_how}`)}
      </Sign>
    );
  }
  const hint = windowHint(conversation, now);
  if (hint) {
    return (
      <Sign icon={<Clock size={12} />} level={hint.state === "closing" ? "soon" : undefined}>
        {hint.state === "closing"
          ? t("inbox.windowClosing", { span: span(hint.ms, t) })
          : t("inbox.windowClosed")}
      </Sign>
    );
  }
  const waited = waitedMs(conversation, now);
  if (waited === null) return null;
  return <Sign>{t("inbox.waiting", { span: span(waited, t) })}</Sign>;
}

function Asleep({ until, now, locale, timeZone, t }: PressingProps & { until: string }) {
  const at = new Date(until);
  const today = dayIn(at, timeZone) === dayIn(new Date(now), timeZone);
  const time = today ? clockTime(at, locale, timeZone) : dayAndTime(at, locale, timeZone);
  return <Sign icon={<AlarmClock size={12} />}>{t("inbox.snoozedUntil", { time })}</Sign>;
}

interface SignProps {
  icon?: ReactNode;
  level?: "calm" | "soon" | "late" | "back";
  children: ReactNode;
}

function Sign({ icon, level, children }: SignProps) {
  return (
    <span className={styles.pressing} data-level={level}>
      {icon}
      {children}
    </span>
  );
}
