import { Combobox } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Composer.module.css";
import { isComposing, isSendKey } from "./keys";
import type { ComposerState } from "./useComposer";
import { useFileIntake } from "./useFileIntake";

interface FieldProps {
  composer: ComposerState;
  name: string;
  troubleId: string;
  onLeaveUp(): void;
  /** Esc, while a message is being answered. */
  onCancelReply: (() => void) | null;
}

function useFieldKeys({ composer, onLeaveUp, onCancelReply }: FieldProps) {
  const { slash, sending, text, insertion } = composer;
  return (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Every key belongs to the input method while it builds a word: its Esc must not drop the answer.
    if (isComposing(event)) return;
    if (slash.onKeyDown(event)) return;
    if (isSendKey(event)) sending.send();
    else if (event.altKey && /^Digit[1-4]$/.test(event.code)) {
      if (!insertion.chooseAt(Number(event.code.slice(-1)) - 1)) return;
    } else if (event.key === "ArrowUp" && text === "") onLeaveUp();
    else if (event.key === "Escape" && onCancelReply) onCancelReply();
    // The keys of the conversation and the list are heard again: whoever just answered snoozes or moves on.
    else if (event.key === "Escape") event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
}

/** The text itself. Enter sends, unless an input method uses it or the "/" list is open. */
export function ComposerField(props: FieldProps) {
  const { t } = useTranslation();
  const { text, write, follow, field, attachments, slash, sending, refusal } = props.composer;
  const { onPaste } = useFileIntake(attachments.add);
  const onKeyDown = useFieldKeys(props);
  return (
    <Combobox.EventsTarget withKeyboardNavigation={false} withAriaAttributes={false}>
      <textarea
        ref={field}
        className={classes.field}
        rows={1}
        value={text}
        dir="auto"
        data-composer
        {...slash.aria}
        placeholder={t(sending.asCaption ? "composer.captionPlaceholder" : "composer.placeholder")}
        aria-label={t("composer.label", { name: props.name })}
        aria-invalid={refusal !== null || sending.tooLong || undefined}
        aria-describedby={props.troubleId}
        onChange={(event) => {
          write(event.target.value);
          follow();
        }}
        onSelect={follow}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
    </Combobox.EventsTarget>
  );
}
