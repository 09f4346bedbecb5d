import { Button } from "@mantine/core";
import { CirclePause, Eye, Lock, UserCheck } from "lucide-react";
import type { Ref } from "react";
import { useTranslation } from "react-i18next";
import { AskOffer } from "../access/offer";
import { useChannels } from "../api/queries";
import type { Channel, Conversation, Message } from "../api/types";
import { lastPause, wordsOf } from "../channels/words";
import { useMinute } from "../components/times";
import { useShortTime } from "../components/useShortTime";
import { isLockedAgainst, isMineToAnswer } from "../inbox/permissions";
import { useMay, useMe } from "../session/MeContext";
import type { Draft } from "../thread/waiting";
import { ClosedWindow } from "./ClosedWindow";
import { type ComposerHandle, ComposerInput } from "./ComposerInput";
import type { Stops } from "./crossing/useCrossing";
import { draftOf } from "./drafts";
import { Notice } from "./Notice";
import { windowState } from "./windowState";

export interface ComposerProps {
  ref: Ref<ComposerHandle>;
  conversation: Conversation;
  replyTo: Message | null;
  onCancelReply(): void;
  /** Returns the client_ref under which each message goes out. */
  onSend(draft: Draft): string;
  stops: Stops;
  /** What was written before one could no longer answer becomes a note. */
  onKeptAsNote(words: string): void;
  /** Arrow up in an empty composer. */
  onLeaveUp(): void;
}

/** Where a reply is written; or, when none may be, why. */
export function Composer(props: ComposerProps) {
  const { t } = useTranslation();
  const { conversation } = props;
  const me = useMe();
  const mayReply = useMay("conversation.reply");
  const now = useMinute();
  const channel = useChannels().data?.find(({ id }) => id === conversation.channel.id);
  const window = windowState(conversation.window_closes_at, now, conversation.inbound_count);
  if (!mayReply) {
    return (
      <Notice icon={<Eye size={20} />} title={t("composer.observer.title")}>
        {t("composer.observer.words")}
      </Notice>
    );
  }
  if (conversation.lock && isLockedAgainst(me, conversation)) {
    return <LockedNotice lock={conversation.lock} />;
  }
  if (!isMineToAnswer(me, conversation)) {
    return (
      <Notice
        icon={<UserCheck size={20} />}
        title={t("composer.theirs.title", { name: conversation.assignee?.name ?? "" })}
        action={
          <>
            <AskOffer permission="conversation.assign" />
            <KeptWords {...props} />
          </>
        }
      >
        {t("composer.theirs.words")}
      </Notice>
    );
  }
  if (channel?.state === "paused") {
    return <Paused channel={channel} />;
  }
  if (window.state !== "open") {
    return <ClosedWindow {...props} state={window.state} />;
  }
  return <ComposerInput {...props} window={window} />;
}

/** A colleague took the conversation while one wrote: the words are not lost, and may still help them. */
function KeptWords({ conversation, onKeptAsNote }: ComposerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const mayNote = useMay("note.add");
  const kept = draftOf(conversation.id, me.id);
  if (!kept || !mayNote) return null;
  return (
    <>
      {t("crossing.kept")}{" "}
      <Button variant="default" size="compact-sm" onClick={() => onKeptAsNote(kept)}>
        {t("crossing.note")}
      </Button>
    </>
  );
}

/** Who alone writes here for now, and until when. */
function LockedNotice({ lock }: { lock: NonNullable<Conversation["lock"]> }) {
  const { t } = useTranslation();
  const time = useShortTime();
  return (
    <Notice
      icon={<Lock size={20} />}
      title={t("composer.locked.title", { name: lock.by?.name ?? "" })}
    >
      {t("composer.locked.words", {
        since: time(lock.since),
        until: time(lock.until),
        reason: lock.reason,
      })}
    </Notice>
  );
}

/** Why the number is quiet, and until when if that is known. */
function Paused({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation();
  const time = useShortTime();
  const pause = lastPause(channel.pauses);
  const reason = pause ? wordsOf(pause.words, i18n.language).message : channel.paused_reason;
  const words = [
    reason || t("composer.paused.words"),
    pause?.until && t("composer.paused.until", { time: time(pause.until) }),
  ];
  return (
    <Notice
      icon={<CirclePause size={20} />}
      title={t("composer.paused.title", { name: channel.name })}
    >
      {words.filter(Boolean).join(" ")}
    </Notice>
  );
}
