import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import { HeldBar } from "../coaching/HeldBar";
import { MacroHost } from "../quick/MacroHost";
import { BackToSearch } from "../search/BackToSearch";
import { company } from "../stream/company";
import { PinnedHandover } from "../thread/asides/HandoverCard";
import "../quick/words";
import Thread from "../thread/Thread";
import { ConversationHeader } from "./ConversationHeader";
import styles from "./Inbox.module.css";
import { StandingNotices } from "./standing/StandingNotices";
import "./togetherWords";

export type HeaderProps = Omit<Parameters<typeof ConversationHeader>[0], "conversation">;

interface OpenProps {
  conversation: Conversation;
  header: HeaderProps;
}

/** A code chunk of its own: the list is drawn before menus, composer and bubbles are here. */
export default function OpenConversation({ conversation, header }: OpenProps) {
  const { t } = useTranslation();
  useEffect(() => {
    company.goTo(conversation.id);
    return () => company.goTo(null);
  }, [conversation.id]);
  return (
    <>
      <BackToSearch />
      <ConversationHeader {...header} conversation={conversation} />
      <div className={styles.notices} data-part="notices">
        <StandingNotices conversation={conversation} />
        <HeldBar conversation={conversation} />
        <PinnedHandover conversation={conversation} />
      </div>
      <MacroHost conversation={conversation} />
      <section className={styles.thread} data-pane="thread" aria-label={t("inbox.threadLabel")}>
        <Thread key={conversation.id} conversation={conversation} />
      </section>
    </>
  );
}
