import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Message } from "../api/types";
import { CoachedThread } from "../coaching/CoachedThread";
import { Composer } from "../composer/Composer";
import type { ComposerHandle } from "../composer/ComposerInput";
import { useFileIntake } from "../composer/useFileIntake";
import { useMe } from "../session/MeContext";
import { AskForHistory } from "./AskForHistory";
import { useMessageAsked } from "./askForMessage";
import { ThreadContext } from "./context";
import { Lightbox } from "./lightbox/Lightbox";
import { type ListHandle, MessageList } from "./list/MessageList";
import classes from "./Thread.module.css";
import { toRows, unreadStart } from "./timeline/rows";
import { useJump } from "./useJump";
import { unreadOf, useReadMark } from "./useReadMark";
import { useSending } from "./useSending";
import { type useThreadMessages, useTrimOnLeave } from "./useThreadMessages";
import { useThreadScope } from "./useThreadScope";

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

function useRows(messages: Message[], conversation: Conversation, hidden: boolean) {
  const { time_zone: timeZone } = useMe();
  const unread = useUnread(conversation, messages);
  const hiddenIn = hidden ? conversation.id : null;
  return useMemo(() => {
    const { from: unreadFrom, count: unreadCount } = unread;
    return toRows(messages, { timeZone, unreadFrom, unreadCount, hiddenIn });
  }, [messages, timeZone, unread, hiddenIn]);
}

/** Whether the conversation is older than what this person may read of it. */
function hidesOlder({ reads_back_to, created_at }: Conversation): boolean {
  return reads_back_to !== null && Date.parse(created_at) < Date.parse(reads_back_to);
}

function usePictures(messages: Message[]) {
  return useMemo(
    () =>
      messages.filter(({ kind, content }) => kind === "image" && content.media?.state === "ready"),
    [messages],
  );
}

export function ThreadView({ conversation, query, messages }: ThreadViewProps) {
  const { t } = useTranslation();
  const list = useRef<ListHandle>(null);
  const composer = useRef<ComposerHandle>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [atEnd, setAtEnd] = useState(false);
  const hidden = hidesOlder(conversation);
  const rows = useRows(messages, conversation, hidden && !query.hasNextPage);
  const pictures = usePictures(messages);
  const sending = useSending(conversation.id, composer);
  const jumpTo = useJump(query, rows, list);
  useMessageAsked(jumpTo);
  const scope = useThreadScope({ conversation, sending, composer, jumpTo, setReplyTo, setShown });
  const { over, drop } = useFileIntake((files) => composer.current?.addFiles(files));
  useReadMark(conversation, atEnd);
  useTrimOnLeave(conversation.id, atEnd);
  useOwnMessagesInView(messages, list);

  return (
    <ThreadContext value={scope}>
      <CoachedThread conversation={conversation}>
        <div className={classes.thread} {...drop}>
          {messages.length === 0 ? (
            <p className={classes.empty}>
              {t(hidden ? "thread.older.allHidden" : "thread.empty")}{" "}
              {hidden && <AskForHistory conversationId={conversation.id} />}
            </p>
          ) : (
            <MessageList
              ref={list}
              conversationId={conversation.id}
              rows={rows}
              older={{
                has: query.hasNextPage,
                loading: query.isFetchingNextPage,
                failed: query.isFetchNextPageError,
                load: () => query.fetchNextPage(),
              }}
              onAtEnd={setAtEnd}
            />
          )}
          <Composer
            ref={composer}
            conversation={conversation}
            replyTo={replyTo}
            onCancelReply={() => setReplyTo(null)}
            onSend={sending.send}
            onLeaveUp={() => list.current?.focusLast()}
          />
          {over && <div className={classes.dropZone}>{t("composer.drop")}</div>}
          {shown && (
            <Lightbox
              pictures={pictures}
              messageId={shown}
              onShow={setShown}
              onClose={() => setShown(null)}
            />
          )}
        </div>
      </CoachedThread>
    </ThreadContext>
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
