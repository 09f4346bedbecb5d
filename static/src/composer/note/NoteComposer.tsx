import { Combobox } from "@mantine/core";
import { Check, Paperclip, UsersRound } from "lucide-react";
import { type Ref, useId, useImperativeHandle, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../../api/types";
import { PresenceDot } from "../../components/PresenceDot";
import { AttachmentTray } from "../AttachmentTray";
import classes from "../Composer.module.css";
import type { ComposerHandle } from "../ComposerInput";
import { acceptedFiles } from "../files";
import { isComposing, isSendKey } from "../keys";
import { useFileIntake } from "../useFileIntake";
import styles from "./Note.module.css";
import { keyOf } from "./useMentionWord";
import { type NoteState, useNote } from "./useNote";

interface NoteProps {
  ref: Ref<ComposerHandle>;
  conversation: Conversation;
  onSaved: () => void;
  onLeaveUp: () => void;
}

/** Where a note for colleagues is written; unlike the place for answers in colour, border and words. */
export function NoteComposer({ ref, conversation, onSaved, onLeaveUp }: NoteProps) {
  const note = useNote(conversation, onSaved);
  useImperativeHandle(ref, () => ({
    focus: () => note.field.current?.focus(),
    addFiles: note.attachments.add,
    // Words for the customer do not belong here: they stay where they failed.
    takeBack: () => false,
    openTemplates: () => undefined,
    isArmed: () => false,
  }));
  return (
    <div className={classes.composer} data-mode="note">
      <Combobox
        store={note.mention.store}
        onOptionSubmit={note.mention.choose}
        position="top-start"
        middlewares={{ flip: false, shift: true }}
        withinPortal={false}
      >
        <Combobox.DropdownTarget>
          <div className={`${classes.box} ${styles.box}`}>
            <AttachmentTray attachments={note.attachments} />
            <NoteField note={note} name={conversation.contact.name} onLeaveUp={onLeaveUp} />
            <NoteTools note={note} />
          </div>
        </Combobox.DropdownTarget>
        <MentionList mention={note.mention} />
      </Combobox>
    </div>
  );
}

function NoteField({
  note,
  name,
  onLeaveUp,
}: {
  note: NoteState;
  name: string;
  onLeaveUp: () => void;
}) {
  const { t } = useTranslation();
  const troubleId = useId();
  const { onPaste } = useFileIntake(note.attachments.add);
  const { text, write, field, follow, mention, refusal, over } = note;
  return (
    <>
      <Combobox.EventsTarget withKeyboardNavigation={false} withAriaAttributes={false}>
        <textarea
          ref={field}
          className={classes.field}
          rows={1}
          value={text}
          dir="auto"
          data-composer
          {...mention.aria}
          placeholder={t("notes.placeholder")}
          aria-label={t("notes.label", { name })}
          aria-invalid={refusal !== null || over > 0 || undefined}
          aria-describedby={troubleId}
          onChange={(event) => {
            write(event.target.value);
            follow();
          }}
          onSelect={follow}
          onPaste={onPaste}
          onKeyDown={(event) => {
            if (isComposing(event) || mention.onKeyDown(event)) return;
            if (isSendKey(event)) note.send();
            else if (event.key === "ArrowUp" && text === "") onLeaveUp();
            else if (event.key === "Escape") event.currentTarget.blur();
            else return;
            event.preventDefault();
          }}
        />
      </Combobox.EventsTarget>
      <p id={troubleId} className={classes.trouble} role="alert" hidden={!refusal && over <= 0}>
        {refusal && `${refusal.message} ${refusal.remedy ?? ""}`}
        {!refusal && over > 0 && t("notes.tooLong", { count: over })}
      </p>
    </>
  );
}

function NoteTools({ note }: { note: NoteState }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.tools}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={acceptedFiles}
        aria-label={t("notes.attach")}
        onChange={(event) => {
          note.attachments.add(Array.from(event.target.files ?? []));
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className={classes.tool}
        onClick={() => input.current?.click()}
        aria-label={t("notes.attach")}
        title={t("notes.attach")}
      >
        <Paperclip size={19} />
      </button>
      <span className={`${classes.facts} ${styles.hint}`}>{t("notes.hint")}</span>
      <button
        type="button"
        className={`${classes.send} ${note.ready ? styles.send : ""}`}
        disabled={!note.ready}
        data-armed={note.saving || undefined}
        onClick={note.send}
        aria-label={t("notes.send")}
        title={t("notes.send")}
      >
        <Check size={18} />
      </button>
    </div>
  );
}

type Mentionable = NoteState["mention"]["found"][number];

/** A team, or whether the person is there. */
function Mark({ of: one }: { of: Mentionable }) {
  return (
    <span className={styles.mark}>
      {one.kind === "team" ? (
        <UsersRound size={16} aria-hidden="true" />
      ) : (
        <PresenceDot
          person={{ availability: one.availability ?? "away", is_here: one.is_here ?? false }}
        />
      )}
    </span>
  );
}

function MentionList({ mention }: { mention: NoteState["mention"] }) {
  const { t } = useTranslation();
  const { found, loading } = mention;
  return (
    <Combobox.Dropdown>
      <Combobox.Options className={styles.options} aria-label={t("notes.mentionList")}>
        {found.length === 0 && (
          <Combobox.Empty>
            {t(loading ? "notes.mentionLoading" : "notes.mentionNone")}
          </Combobox.Empty>
        )}
        {found.map((one) => (
          <Combobox.Option key={keyOf(one)} value={keyOf(one)} className={styles.option}>
            <Mark of={one} />
            <bdi>{one.name}</bdi>
            {one.kind === "team" && <span className={styles.kind}>{t("notes.team")}</span>}
            {one.availability === "away" && <span className={styles.kind}>{t("notes.away")}</span>}
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </Combobox.Dropdown>
  );
}
