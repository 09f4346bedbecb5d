import type { TFunction } from "i18next";
import { CircleAlert, CloudOff } from "lucide-react";
import { memo, useSyncExternalStore } from "react";
import type { Conversation, View } from "../api/types";
import { Avatar } from "../components/Avatar";
import { fullTime, listTime } from "../components/times";
import { draftOf, subscribeDrafts } from "../composer/drafts";
import { outbox } from "../thread/outbox";
import styles from "./List.module.css";
import { isUnread, noPreview, previewAuthor, previewIcon, previewText, unreadOf } from "./preview";
import { Marks, Pressing, TagMarks } from "./RowMarks";
import { type Place, pathTo } from "./views";

export const ROW_HEIGHT = 82;
const MOST_SHOWN = 99;

export interface RowSurroundings {
  place: Place;
  view: View;
  now: number;
  locale: string;
  timeZone: string;
  myName: string;
  myId: number;
  /** True when the agent has several channels to tell apart. */
  showChannel: boolean;
  t: TFunction;
}

interface RowProps extends RowSurroundings {
  conversation: Conversation;
  selected: boolean;
  /** Chosen for doing something to several. */
  picked: boolean;
  /** The one row Tab stops at. */
  tabStop: boolean;
}

/** Plain memoised elements: this is what scrolls at 60 frames a second. */
export const ConversationRow = memo(function ConversationRow(props: RowProps) {
  const { conversation, place, selected, picked, tabStop, now, locale, timeZone, t } = props;
  const unread = isUnread(conversation);
  return (
    <a
      className={styles.row}
      href={pathTo(place, conversation.id)}
      data-id={conversation.id}
      data-unread={unread || undefined}
      data-picked={picked || undefined}
      aria-current={selected ? "page" : undefined}
      tabIndex={tabStop ? 0 : -1}
    >
      <Avatar name={conversation.contact.name} />
      <span className={styles.body}>
        <span className={styles.line}>
          <span className={styles.name}>{conversation.contact.name}</span>
          <time
            className={styles.time}
            dateTime={conversation.last_activity_at}
            title={fullTime(conversation.last_activity_at, locale, timeZone)}
          >
            {listTime(conversation.last_activity_at, { now, locale, timeZone, t })}
          </time>
        </span>
        <span className={styles.line}>
          <Unsent conversationId={conversation.id} t={t} />
          <Preview {...props} />
          {unread && <UnreadBadge count={unreadOf(conversation)} t={t} />}
        </span>
        <Meta {...props} />
      </span>
    </a>
  );
});

/** Something written here has not left this browser. */
function Unsent({ conversationId, t }: { conversationId: string; t: TFunction }) {
  const waits = useSyncExternalStore(outbox.subscribe, () => outbox.hasFailed(conversationId));
  if (!waits) return null;
  return (
    <span
      className={styles.unsent}
      role="img"
      aria-label={t("inbox.unsent")}
      title={t("inbox.unsent")}
    >
      <CloudOff size={14} aria-hidden="true" />
    </span>
  );
}

/** What was begun and not sent stands before what was said last; an open one shows it in its composer. */
function Preview(props: RowProps) {
  const { conversation, selected, myId, t } = props;
  const draft = useSyncExternalStore(subscribeDrafts, () => draftOf(conversation.id, myId));
  if (selected || !draft) return <LastWords {...props} />;
  return (
    <span className={styles.preview}>
      <span className={styles.draft}>{t("inbox.draft")}</span>
      <span className={styles.words}>{draft}</span>
    </span>
  );
}

function LastWords({ conversation, myName, t }: RowProps) {
  const message = conversation.last_message;
  if (!message) return <span className={styles.preview}>{noPreview(conversation, t)}</span>;
  const Icon = previewIcon(message.kind);
  const author = previewAuthor(message, myName, t);
  return (
    <span className={styles.preview}>
      {message.status === "failed" && (
        <CircleAlert
          className={styles.failed}
          size={14}
          role="img"
          aria-label={t("inbox.failed")}
        />
      )}
      {author && <span className={styles.author}>{t("inbox.authorPrefix", { author })}</span>}
      {Icon && <Icon className={styles.kind} size={14} aria-hidden="true" />}
      <span className={styles.words}>{previewText(message, t)}</span>
    </span>
  );
}

function UnreadBadge({ count, t }: { count: number | null; t: TFunction }) {
  if (count === null) {
    return <span className={styles.unreadDot} role="img" aria-label={t("inbox.unreadSome")} />;
  }
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : count;
  return (
    <span className={styles.unread}>
      {shown}
      <span className={styles.hidden}>{t("inbox.unread")}</span>
    </span>
  );
}

/** Where and whose on the left; on the right the one thing that presses most. */
function Meta({ conversation, now, view, myId, showChannel, locale, timeZone, t }: RowProps) {
  const showAssignee = view !== "unassigned" && view !== "mine";
  return (
    <span className={styles.meta}>
      {showChannel && <span className={styles.channel}>{conversation.channel.name}</span>}
      {showAssignee && (
        <span className={styles.assignee}>{assigneeName(conversation, myId, t)}</span>
      )}
      <TagMarks tags={conversation.tags} />
      <Marks conversation={conversation} t={t} />
      <Pressing conversation={conversation} now={now} locale={locale} timeZone={timeZone} t={t} />
    </span>
  );
}

/** Whose it is: somebody's, a team's, or nobody's. */
function assigneeName({ assignee, team }: Conversation, myId: number, t: TFunction): string {
  if (!assignee) return team?.name ?? t("inbox.view.unassigned");
  return assignee.id === myId ? t("inbox.assignedToYou") : assignee.name;
}
