import { Popover } from "@mantine/core";
import { MessageSquareText, Paperclip, SendHorizontal, Smile } from "lucide-react";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MacroButton } from "../quick/MacroButton";
import { useMe } from "../session/MeContext";
import classes from "./Composer.module.css";
import { acceptedFiles } from "./files";
import { KindMenu } from "./kinds/KindMenu";
import type { KindName } from "./kinds/kinds";
import { SaveCannedReply } from "./SaveCannedReply";
import type { Sending } from "./useSend";
import { VoiceButton } from "./voice/VoiceButton";

const EmojiPicker = lazy(() => import("./EmojiPicker"));

interface ToolsProps {
  text: string;
  onFiles(files: readonly File[]): void;
  onVoice(file: File): void;
  onEmoji(emoji: string): void;
  onSlash(): void;
  onKind(name: KindName | "template"): void;
  sending: Sending;
  /** The button that keeps it for a time. */
  later: ReactNode;
  /** What is to be known before sending: time left, characters left. */
  children: ReactNode;
}

/** The row under the text: attach, emoji, canned replies, save; and the button that sends. */
export function ComposerTools({ text, sending, later, children, ...on }: ToolsProps) {
  const { t } = useTranslation();
  // What a trainee writes may wait for a mentor: the button says so before it is pressed.
  const held = useMe().replies_held;
  return (
    <div className={classes.tools}>
      <AttachButton onFiles={on.onFiles} />
      <KindMenu onChoose={on.onKind} />
      <EmojiButton onEmoji={on.onEmoji} />
      <button
        type="button"
        className={classes.tool}
        onClick={on.onSlash}
        aria-label={t("composer.canned.insert")}
        title={t("composer.canned.insertKey")}
      >
        <MessageSquareText size={19} />
      </button>
      <SaveCannedReply text={text} />
      <VoiceButton onVoice={on.onVoice} />
      <MacroButton />
      <span className={classes.facts}>{children}</span>
      {later}
      <button
        type="button"
        className={classes.send}
        disabled={!sending.ready}
        data-armed={sending.armed || undefined}
        data-held={held || undefined}
        onClick={sending.send}
        aria-label={t(held ? "composer.sendForApproval" : "composer.send")}
        title={t(titleOf(sending.armed, held))}
      >
        {held && <span>{t("composer.sendForApproval")}</span>}
        <SendHorizontal size={18} />
      </button>
    </div>
  );
}

function titleOf(armed: boolean, held: boolean) {
  if (armed) return "composer.sendWhenReady";
  return held ? "composer.sendForApprovalKey" : "composer.sendKey";
}

function AttachButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptedFiles}
        aria-label={t("composer.attach")}
        onChange={(event) => {
          onFiles(Array.from(event.target.files ?? []));
          // The same file again would be no change otherwise.
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className={classes.tool}
        onClick={() => input.current?.click()}
        aria-label={t("composer.attach")}
        title={t("composer.attach")}
      >
        <Paperclip size={19} />
      </button>
    </>
  );
}

function EmojiButton({ onEmoji }: { onEmoji(emoji: string): void }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      // A chosen emoji leads to the text; giving up leads back to where one came from.
      onDismiss={() => button.current?.focus()}
      position="top-start"
      trapFocus
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          className={classes.tool}
          onClick={() => setOpened(!opened)}
          aria-label={t("composer.emoji.open")}
          title={t("composer.emoji.open")}
        >
          <Smile size={19} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <Suspense fallback={<div className={classes.pickerRoom} />}>
          <EmojiPicker
            onSelect={(emoji) => {
              setOpened(false);
              onEmoji(emoji);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
