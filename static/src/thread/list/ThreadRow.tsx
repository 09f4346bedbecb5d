import { memo } from "react";
import { useMinute } from "../../components/times";
import { AskForHistory } from "../AskForHistory";
import { HandoverCard } from "../asides/HandoverCard";
import { NoteCard } from "../asides/NoteCard";
import { SystemNotice } from "../content/SystemNotice";
import { useThread } from "../context";
import { MessageBubble } from "../message/MessageBubble";
import { dayName, longDay } from "../timeline/clock";
import type { Row } from "../timeline/rows";
import classes from "./MessageList.module.css";

function DayDivider({ at }: { at: string }) {
  const { t, locale, timeZone } = useThread();
  const now = new Date(useMinute());
  const name = dayName(at, now, timeZone);
  return (
    <div className={classes.day}>
      <time dateTime={at}>
        {name ? t(`thread.day.${name}`) : longDay(at, now, locale, timeZone)}
      </time>
    </div>
  );
}

function UnreadDivider({ count }: { count: number }) {
  const { t } = useThread();
  return (
    <div className={classes.unread}>
      <span>{t("thread.unread", { count })}</span>
    </div>
  );
}

function HiddenNotice({ conversationId }: { conversationId: string }) {
  const { t } = useThread();
  return (
    <div className={classes.hidden}>
      {t("thread.older.hidden")} <AskForHistory conversationId={conversationId} />
    </div>
  );
}

function showsTheSame(a: Row, b: Row): boolean {
  if (a.type === "message" && b.type === "message") {
    return a.message === b.message && a.first === b.first && a.last === b.last;
  }
  if (a.type === "note" && b.type === "note") return a.note === b.note;
  if (a.type === "handover" && b.type === "handover") return a.handover === b.handover;
  return a.type === b.type;
}

export const ThreadRow = memo(
  function ThreadRow({ row, highlighted }: { row: Row; highlighted: boolean }) {
    if (row.type === "day") return <DayDivider at={row.at} />;
    if (row.type === "hidden") return <HiddenNotice conversationId={row.conversationId} />;
    if (row.type === "unread") return <UnreadDivider count={row.count} />;
    if (row.type === "note") return <NoteCard note={row.note} highlighted={highlighted} />;
    if (row.type === "handover") return <HandoverCard handover={row.handover} />;
    if (row.message.kind === "system") return <SystemNotice message={row.message} />;
    const { message, first, last } = row;
    return <MessageBubble message={message} first={first} last={last} highlighted={highlighted} />;
  },
  // Rows are made anew with every change of the thread; what they show seldom changes.
  (a, b) =>
    a.highlighted === b.highlighted && a.row.key === b.row.key && showsTheSame(a.row, b.row),
);
