import { Button, Textarea } from "@mantine/core";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useAddNote } from "../api/mutations";
import { useNotes } from "../api/queries";
import type { Note } from "../api/types";
import { fullTime, listTime, useMinute } from "../components/times";
import { useDraft } from "../composer/useDraft";
import { useMay, useMe } from "../session/MeContext";
import styles from "./Contact.module.css";

export function Notes({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const mayWrite = useMay("note.add");
  const { data: notes = [], isPending, isError, refetch } = useNotes(contactId);
  return (
    <section className={styles.section} aria-label={t("contact.notes")}>
      <h3 className={styles.sectionTitle}>{t("contact.notes")}</h3>
      {mayWrite && <NoteForm key={contactId} contactId={contactId} />}
      {isError && (
        <Button variant="default" size="compact-sm" onClick={() => refetch()}>
          {t("action.retry")}
        </Button>
      )}
      {!isPending && !isError && notes.length === 0 && (
        <p className={styles.empty}>{t("contact.noNotes")}</p>
      )}
      <ul className={styles.notes}>
        {notes.map((note) => (
          <NoteItem key={note.id} note={note} />
        ))}
      </ul>
    </section>
  );
}

function NoteItem({ note }: { note: Note }) {
  const { t, i18n } = useTranslation();
  const { time_zone: timeZone } = useMe();
  const now = useMinute();
  const locale = i18n.language;
  return (
    <li className={styles.note}>
      <p className={styles.noteText}>{note.text}</p>
      <p className={styles.noteBy}>
        {note.author.name}
        {" · "}
        <time dateTime={note.created_at} title={fullTime(note.created_at, locale, timeZone)}>
          {listTime(note.created_at, { now, locale, timeZone, t })}
        </time>
      </p>
    </li>
  );
}

/** Seen by the team only. Ctrl or ⌘ + Enter saves; Enter alone is a new line. What is half written waits as a draft. */
function NoteForm({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const { id: userId } = useMe();
  const [text, setText] = useDraft(userId, `note.${contactId}`);
  const latest = useRef(text);
  latest.current = text;
  // Nothing typed meanwhile is lost, and what was saved is no draft any more, wherever the agent is by then.
  const addNote = useAddNote(contactId, (sent) => {
    if (latest.current.trim() === sent) setText("");
  });
  const save = () => {
    if (text.trim() && !addNote.isPending) addNote.mutate(text.trim());
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
  };
  return (
    <div className={styles.noteForm}>
      <Textarea
        classNames={{ input: styles.noteField }}
        size="sm"
        maxLength={4000}
        aria-label={t("contact.addNote")}
        placeholder={t("contact.addNote")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
      />
      {text.trim() && (
        <Button size="compact-sm" loading={addNote.isPending} onClick={save}>
          {t("contact.saveNote")}
        </Button>
      )}
    </div>
  );
}
