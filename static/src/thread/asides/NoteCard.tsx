import { ActionIcon, Button, Menu, Textarea } from "@mantine/core";
import { Ellipsis, FileText, StickyNote } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InternalNote, Media } from "../../api/types";
import { notifyDone, saidByToast } from "../../components/toasts";
import { draftOf } from "../../composer/drafts";
import { isComposing } from "../../composer/keys";
import { useDraft } from "../../composer/useDraft";
import { useMe } from "../../session/MeContext";
import { useThread } from "../context";
import { timeOf } from "../timeline/clock";
import styles from "./Asides.module.css";
import { editPlace, useDeleteNote, useEditNote, useMentionable } from "./queries";
import { piecesOf, spelled, tokenised } from "./tokens";

interface CardProps {
  note: InternalNote;
  highlighted: boolean;
}

/** What a colleague wrote for colleagues; looks like nothing that goes to the customer. */
export function NoteCard({ note, highlighted }: CardProps) {
  const { t } = useTranslation();
  const { locale, timeZone } = useThread();
  const me = useMe();
  // Scrolled out of sight and back, the row is another one: what was being written is still there.
  const [editing, setEditing] = useState(() => draftOf(editPlace(note.id), me.id) !== "");
  const { author, text, mentions, files, created_at, edited_at, deleted_at } = note;
  if (deleted_at) {
    return <p className={styles.gone}>{t("notes.deleted", { name: author.name })}</p>;
  }
  return (
    <article
      className={styles.note}
      data-note={note.id}
      data-highlighted={highlighted || undefined}
      aria-label={`${t("notes.note")}: ${author.name}`}
    >
      <header className={styles.head}>
        <StickyNote size={14} aria-hidden="true" />
        <span className={styles.label} title={t("notes.only")}>
          {t("notes.note")}
        </span>
        <span className={styles.author}>{author.name}</span>
        <span className={styles.grow} />
        {edited_at && <span>{t("notes.edited")}</span>}
        <time className={styles.time} dateTime={created_at}>
          {timeOf(created_at, locale, timeZone)}
        </time>
        {author.id === me.id && !editing && (
          <NoteMenu note={note} onEdit={() => setEditing(true)} />
        )}
      </header>
      {editing ? (
        <EditForm note={note} onClose={() => setEditing(false)} />
      ) : (
        <p className={styles.text} dir="auto">
          {piecesOf(text, mentions).map((piece, index) =>
            "text" in piece ? (
              piece.text
            ) : (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text keep their places
                key={index}
                className={styles.mention}
                data-me={
                  (piece.mention.kind === "person"
                    ? piece.mention.id === me.id
                    : me.team_ids.includes(piece.mention.id)) || undefined
                }
              >
                @{piece.mention.name}
              </span>
            ),
          )}
        </p>
      )}
      {files.length > 0 && <Files files={files} />}
    </article>
  );
}

function NoteMenu({ note, onEdit }: { note: InternalNote; onEdit: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteNote();
  const sure = () => {
    if (!window.confirm(t("notes.deleteSure"))) return;
    remove.mutateAsync(note).then(() => notifyDone(t("notes.deletedToast")), saidByToast);
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t("notes.actions")}>
          <Ellipsis size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>{t("notes.edit")}</Menu.Item>
        <Menu.Item color="red" onClick={sure}>
          {t("notes.delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function EditForm({ note, onClose }: { note: InternalNote; onClose: () => void }) {
  const { t } = useTranslation();
  const place = editPlace(note.id);
  const [kept, keep] = useDraft(useMe().id, place);
  const [text, setText] = useState(() => kept || spelled(note.text, note.mentions));
  const named = useMentionable(note.conversation_id, true).data ?? [];
  const edit = useEditNote();
  const save = () => {
    const wire = tokenised(text.trim(), named, note.mentions);
    edit.mutate({ id: note.id, text: wire, typed: text }, { onSuccess: onClose });
  };
  const giveUp = () => {
    keep("");
    onClose();
  };
  return (
    <div className={styles.edit}>
      <Textarea
        data-autofocus
        autoFocus
        autosize
        minRows={2}
        aria-label={t("notes.edit")}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          keep(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (isComposing(event)) return;
          if (event.key === "Escape") giveUp();
          if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
        }}
      />
      <div className={styles.editDeeds}>
        <Button variant="default" size="compact-sm" onClick={giveUp}>
          {t("action.cancel")}
        </Button>
        <Button size="compact-sm" loading={edit.isPending} onClick={save}>
          {t("notes.save")}
        </Button>
      </div>
    </div>
  );
}

function Files({ files }: { files: Media[] }) {
  return (
    <ul className={styles.files}>
      {files.map(({ id, url, thumbnail_url, name }) => (
        <li key={id}>
          <a className={styles.file} href={url} target="_blank" rel="noopener noreferrer">
            {thumbnail_url ? <img src={thumbnail_url} alt="" /> : <FileText size={16} />}
            <span>{name}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
