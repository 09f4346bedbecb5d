import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "../api/types";
import { CoachedThread } from "../coaching/CoachedThread";
import { useCommands } from "../commands/registry";
import { useAnswerAsked } from "../composer/answerHere";
import { ComposerArea } from "../composer/ComposerArea";
import type { ComposerHandle } from "../composer/ComposerInput";
import { type Crossing, useCrossing } from "../composer/crossing/useCrossing";
import { useMode } from "../composer/note/useMode";
import { useFileIntake } from "../composer/useFileIntake";
import { useMe } from "../session/MeContext";
import { AskForHistory } from "./AskForHistory";
import { useAsides } from "./asides/useAsides";
import { useMessageAsked } from "./askForMessage";
import { ThreadContext } from "./context";
import { Lightbox } from "./lightbox/Lightbox";
import { type ListHandle, MessageList } from "./list/MessageList";
import { threadCommands } from "./shortcuts";
import classes from "./Thread.module.css";
import { type Aside, toRows, unreadStart } from "./timeline/rows";
import { useAim } from "./useAim";
import { useJump } from "./useJump";
import { unreadOf, useReadMark } from "./useReadMark";
import { useSending } from "./useSending";
import { type useThreadMessages, useTrimOnLeave } from "./useThreadMessages";
import { useThreadScope } from "./useThreadScope";

const CrossingDialog = lazy(() => import("../composer/crossing/CrossingDialog"));
const ScheduledReplies = lazy(() => import("../quick/ScheduledReplies"));

interface ThreadViewProps {
  conversation: Conversation;
  query: ReturnType<typeof useThreadMessages>["query"];
  messages: Message[];
}

/** Where "unread" began when the thread was opened; it stays there while the agent reads. */
function useUnread(conversation: Conversation, messages: Message[]) {
  const [unread] = useState(() => {
    const count = unreadOf(conversation);
    return { count, from: count > 0 ? unreadStart(messages, count) : null };
  });
  return unread;
}

function useRows(
  messages: Message[],
  asides: Aside[],
  conversation: Conversation,
  hidden: boolean,
  hasOlder: boolean,
) {
  const { time_zone: timeZone } = useMe();
  const unread = useUnread(conversation, messages);
  const hiddenIn = hidden ? conversation.id : null;
  return useMemo(() => {
    const { from: unreadFrom, count: unreadCount } = unread;
    return toRows(messages, { timeZone, unreadFrom, unreadCount, hiddenIn, asides, hasOlder });
  }, [messages, asides, timeZone, unread, hiddenIn, hasOlder]);
}

/** Whether the conversation is older than what this person may read of it. */
function hidesOlder({ reads_back_to, created_at }: Conversation): boolean {
  return reads_back_to !== null && Date.parse(created_at) < Date.parse(reads_back_to);
}

/** The way to what was said before. */
function olderOf(query: ThreadViewProps["query"]) {
  return {
    has: query.hasNextPage,
    loading: query.isFetchingNextPage,
    failed: query.isFetchNextPageError,
    load: () => query.fetchNextPage(),
  };
}

export function ThreadView({ conversation, query, messages }: ThreadViewProps) {
  const { t } = useTranslation();
  const list = useRef<ListHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [atEnd, setAtEnd] = useState(false);
  const hidden = hidesOlder(conversation);
  const { asides, settled } = useAsides(conversation.id, messages);
  const older = query.hasNextPage;
  const rows = useRows(messages, asides, conversation, hidden && !older, older);
  const sending = useSending(conversation, composer);
  const { mode, setMode, turns, answering, writeNote, keptAsNote } = useMode(
    conversation.id,
    composer,
  );
  const crossing = useCrossing({ conversation, messages, composer, onNote: writeNote });
  const jumpTo = useJump(query, rows, list);
  useMessageAsked(jumpTo);
  useAim({ rows, list, jumpTo, query, settled });
  const resend = (message: Message) => crossing.asks(message) || sending.resend(message);
  const parts = {
    conversation,
    sending,
    composer,
    answering,
    jumpTo,
    setReplyTo,
    setShown,
    resend,
  };
  const scope = useThreadScope(parts);
  const { over, drop } = useFileIntake((files) => composer.current?.addFiles(files));
  useAnswerAsked(() => answering(() => composer.current?.focus()));
  useCommands(threadCommands);
  useReadMark(conversation, atEnd);
  useTrimOnLeave(conversation.id, atEnd);
  useOwnMessagesInView(messages, list);

  return (
    <ThreadContext value={scope}>
      <CoachedThread conversation={conversation}>
        <div className={classes.thread} {...drop}>
          {messages.length + asides.length === 0 ? (
            <Empty conversation={conversation} hidden={hidden} />
          ) : (
            <MessageList
              ref={list}
              conversationId={conversation.id}
              rows={rows}
              older={olderOf(query)}
              onAtEnd={setAtEnd}
            />
          )}
          <Scheduled conversation={conversation} />
          <ComposerArea
            ref={composer}
            mode={mode}
            turns={turns}
            onMode={setMode}
            onNoteSaved={() => list.current?.toEnd()}
            stops={crossing.stops}
            onKeptAsNote={keptAsNote}
            conversation={conversation}
            replyTo={replyTo}
            onCancelReply={() => setReplyTo(null)}
            onSend={sending.send}
            onLeaveUp={() => list.current?.focusLast()}
          />
          <CrossingQuestion crossing={crossing.crossing} />
          {over && <div className={classes.dropZone}>{t("composer.drop")}</div>}
          <Enlarged messages={messages} shown={shown} onShow={setShown} />
        </div>
      </CoachedThread>
    </ThreadContext>
  );
}

interface EnlargedProps {
  messages: Message[];
  /** The message whose picture is looked at. */
  shown: string | null;
  onShow(messageId: string | null): void;
}

function Enlarged({ messages, shown, onShow }: EnlargedProps) {
  const pictures = useMemo(
    () =>
      messages.filter(({ kind, content }) => kind === "image" && content.media?.state === "ready"),
    [messages],
  );
  return (
    shown && (
      <Lightbox
        pictures={pictures}
        messageId={shown}
        onShow={onShow}
        onClose={() => onShow(null)}
      />
    )
  );
}

function Empty({ conversation, hidden }: { conversation: Conversation; hidden: boolean }) {
  const { t } = useTranslation();
  return (
    <p className={classes.empty}>
      {t(hidden ? "thread.older.allHidden" : "thread.empty")}{" "}
      {hidden && <AskForHistory conversationId={conversation.id} />}
    </p>
  );
}

function Scheduled({ conversation }: { conversation: Conversation }) {
  return (
    conversation.scheduled && (
      <Suspense>
        <ScheduledReplies conversation={conversation} />
      </Suspense>
    )
  );
}

function CrossingQuestion({ crossing }: { crossing: Crossing | null }) {
  return (
    crossing && (
      <Suspense>
        <CrossingDialog crossing={crossing} />
      </Suspense>
    )
  );
}

/** What the agent writes is brought into view wherever the thread was scrolled to. */
function useOwnMessagesInView(messages: Message[], list: React.RefObject<ListHandle | null>) {
  const last = messages[messages.length - 1];
  const waitingKey = last?.id.startsWith("waiting:") ? last.id : null;
  useEffect(() => {
    if (waitingKey) list.current?.toEnd();
  }, [waitingKey, list]);
}
