import { Combobox } from "@mantine/core";
import { lazy, type ReactNode, type Ref, Suspense, useId } from "react";
import { useTranslation } from "react-i18next";
import type { ApiError } from "../api/client";
import type { Conversation, Message } from "../api/types";
import { ReplyButtons } from "../quick/ReplyButtons";
import { SendLater } from "../quick/SendLater";
import Suggestions from "../quick/Suggestions";
import type { Draft } from "../thread/waiting";
import { AttachmentTray } from "./AttachmentTray";
import { CannedReplies } from "./CannedReplies";
import classes from "./Composer.module.css";
import { ComposerField } from "./ComposerField";
import { ComposerTools } from "./ComposerTools";
import { Counter, Trouble } from "./Counter";
import type { Stops } from "./crossing/useCrossing";
import { ComposeForm } from "./kinds/ComposeForm";
import { ReplyBar } from "./ReplyBar";
import { type ComposerState, useComposer } from "./useComposer";
import { WindowClock } from "./WindowClock";
import type { WindowState } from "./windowState";

const VariableDialog = lazy(() => import("../quick/VariableDialog"));

export interface ComposerHandle {
  focus(): void;
  addFiles(files: readonly File[]): void;
  /** Puts refused or unsent words back; false when others are being written. */
  takeBack(text: string, error: ApiError | null): boolean;
  openTemplates(): void;
  /** Pressed, and only waiting for its files. */
  isArmed(): boolean;
}

export interface ComposerInputProps {
  ref: Ref<ComposerHandle>;
  conversation: Conversation;
  window: WindowState;
  replyTo: Message | null;
  onCancelReply(): void;
  onSend(draft: Draft): string;
  stops: Stops;
  onLeaveUp(): void;
}

/** The "/" list stands over the box; the box around the text is what it is as wide as. */
function SlashList({ composer, children }: { composer: ComposerState; children: ReactNode }) {
  const { store, choose, replies, loading, failed } = composer.slash;
  return (
    <Combobox
      store={store}
      onOptionSubmit={choose}
      position="top-start"
      middlewares={{ flip: false, shift: true }}
      withinPortal={false}
    >
      <Combobox.DropdownTarget>{children}</Combobox.DropdownTarget>
      <CannedReplies
        replies={replies}
        loading={loading}
        failed={failed}
        values={composer.insertion.prepared?.values ?? {}}
      />
    </Combobox>
  );
}

/** What may be answered, while nothing is written yet. */
function Proposals({ composer }: { composer: ComposerState }) {
  const { insertion, insert } = composer;
  if (!insertion.shown || !insertion.prepared) return null;
  return (
    <Suggestions
      prepared={insertion.prepared}
      onGreet={(greeting) => {
        insert(greeting);
        composer.field.current?.focus();
      }}
      onChoose={(reply) => {
        insertion.choose(reply);
        composer.field.current?.focus();
      }}
    />
  );
}

/** What the canned reply still wants to know. */
function Asking({ composer }: { composer: ComposerState }) {
  const { asked, prepared, answer, giveUp } = composer.insertion;
  if (!asked || !prepared) return null;
  const back = () => setTimeout(() => composer.field.current?.focus());
  return (
    <Suspense>
      <VariableDialog
        reply={asked.reply}
        prepared={prepared}
        onInsert={(values) => {
          answer(values);
          back();
        }}
        onClose={() => {
          giveUp();
          back();
        }}
      />
    </Suspense>
  );
}

/** "/" opens the list only at the start or after a space, so the button sees to one. */
function slashFor({ text, caret }: ComposerState): string {
  return caret === 0 || /\s/.test(text[caret - 1] ?? "") ? "/" : " /";
}

export function ComposerInput(props: ComposerInputProps) {
  const { conversation, replyTo, onCancelReply, onLeaveUp } = props;
  const { t } = useTranslation();
  const composer = useComposer(props);
  const troubleId = useId();
  const { name } = conversation.contact;
  return (
    <div className={classes.composer}>
      {conversation.state === "resolved" && (
        <p className={classes.hint}>{t("composer.resolved")}</p>
      )}
      <Proposals composer={composer} />
      <SlashList composer={composer}>
        <div className={classes.box}>
          {replyTo && <ReplyBar message={replyTo} contactName={name} onCancel={onCancelReply} />}
          <AttachmentTray attachments={composer.attachments} />
          <ComposerField
            composer={composer}
            name={name}
            troubleId={troubleId}
            onLeaveUp={onLeaveUp}
            onCancelReply={replyTo && onCancelReply}
          />
          <ReplyButtons titles={composer.insertion.source?.buttons ?? []} />
          <Trouble id={troubleId} refusal={composer.refusal} sending={composer.sending} />
          <ComposerTools
            text={composer.text}
            onFiles={composer.attachments.add}
            onVoice={composer.attachments.addVoice}
            onKind={composer.compose.setOpen}
            onEmoji={composer.insert}
            onSlash={() => composer.insert(slashFor(composer))}
            sending={composer.sending}
            later={<SendLater conversation={conversation} composer={composer} />}
          >
            <WindowClock state={props.window} />
            <Counter length={composer.sending.length} max={composer.sending.max} />
          </ComposerTools>
        </div>
      </SlashList>
      <Asking composer={composer} />
      <ComposeForm compose={composer.compose} channelId={conversation.channel.id} />
    </div>
  );
}
