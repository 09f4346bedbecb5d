"""Putting messages and internal notes into the index and taking them out, in the transaction that writes them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inbox.mentions import without_names
from inbox.models import InternalNote, Media, Message
from inbox.search.texts import SILENT, text_of
from security.encryption.keyring import KeyGone, open_keys
from security.encryption.sealing import Unreadable
from security.search.blocks import Entry
from security.search.index import forget, put
from security.search.keyed import KeyedMarks, week_of
from security.search.pieces import pieces_of
from security.search.spelling import TALK

MESSAGES, NOTES = "message", "note"
_NEARLY_ALL = "text"  # the kind that carries no mark of it
_WHY = "what is searchable"
Said = tuple[str, Mapping[str, Any]]  # kind and content


def index_messages(region_id: int, rows: Collection[Message], files: Iterable[Media] = ()) -> None:
    """New messages of one region, with their ``files``."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for file in files:
        if file.message_id is not None and file.name:
            names[file.message_id].append(file.name)
    marks = KeyedMarks(region_id, MESSAGES)
    put([_of_message(marks, row, (row.kind, row.content), names[row.pk]) for row in rows if row.kind not in SILENT])


def reindex_message(row: Message, before: Said) -> None:
    """It says something else than ``before`` by now."""
    region_id, names = row.region_id, file_names([row])[row.pk]
    marks = KeyedMarks(region_id, MESSAGES)
    forget([row.pk], lambda: [_of_message(marks, row, before, names)])
    if row.kind not in SILENT:
        put([_of_message(marks, row, (row.kind, row.content), names)])


def forget_messages(region_id: int, message_ids: Sequence[UUID]) -> None:
    """They are about to be destroyed."""
    rows = Message.objects.for_system(_WHY).filter(pk__in=message_ids)
    forget(message_ids, lambda: message_entries(region_id, list(rows)))


def index_note(note: InternalNote) -> None:
    put(note_entries(note.region_id, [note]))


def reindex_note(note: InternalNote, before: str) -> None:
    """Its author said it otherwise, or took it back."""
    marks = KeyedMarks(note.region_id, NOTES)
    forget([note.pk], lambda: [_of_note(marks, note, before)])
    if note.deleted_at is None:
        index_note(note)


def forget_notes(region_id: int, conversation_id: UUID) -> None:
    """The internal notes of a conversation are about to be destroyed."""
    _forget_notes(region_id, InternalNote.objects.for_system(_WHY).filter(conversation_id=conversation_id))


def forget_single_notes(region_id: int, note_ids: Sequence[UUID]) -> None:
    """Some of many conversations: their time is over."""
    _forget_notes(region_id, InternalNote.objects.for_system(_WHY).filter(pk__in=note_ids))


def _forget_notes(region_id: int, notes: QuerySet[InternalNote]) -> None:
    rows = list(notes.filter(deleted_at=None))
    forget([row.pk for row in rows], lambda: note_entries(region_id, rows))


def message_entries(region_id: int, rows: Sequence[Message]) -> list[Entry]:
    """As they are put in; what does not open any more only by its week."""
    open_keys(row.key_id for row in rows)
    marks, names = KeyedMarks(region_id, MESSAGES), file_names(rows)
    return [_of_message(marks, row, opened(row), names[row.pk]) for row in rows]


def note_entries(region_id: int, rows: Sequence[InternalNote]) -> list[Entry]:
    open_keys(row.key_id for row in rows)
    marks = KeyedMarks(region_id, NOTES)
    return [_of_note(marks, row, opened_note(row)) for row in rows]


def file_names(rows: Sequence[Message]) -> dict[UUID, list[str]]:
    """By message, in one statement."""
    found: dict[UUID, list[str]] = {row.pk: [] for row in rows}
    files = Media.objects.for_system(_WHY).filter(message_id__in=list(found), name__isnull=False)
    for file in files.only("message_id", "key_id", "name").order_by("created_at", "pk"):
        try:
            found[file.message_id].append(file.name)
        except (KeyGone, Unreadable):
            continue
    return found


def opened(row: Message) -> Said:
    try:
        return row.kind, row.content
    except (KeyGone, Unreadable):
        return row.kind, {}


def opened_note(row: InternalNote) -> str:
    try:
        return str(row.text)
    except (KeyGone, Unreadable):
        return ""


def beside_words(marks: KeyedMarks, kind: str, at: datetime) -> list[int]:
    """What an entry of a message carries besides its words: when it was, and what it is."""
    return [marks.week(week_of(at)), *(marks.kind(named) for named in marked_kinds({kind}))]


def marked_kinds(kinds: Collection[str]) -> list[str]:
    """Those by which the index can narrow a question about these; none where that would not narrow it."""
    return [] if _NEARLY_ALL in kinds else sorted(kinds)


def _of_message(marks: KeyedMarks, row: Message, said: Said, names: Sequence[str]) -> Entry:
    kind, content = said
    found = TALK.marks(pieces_of(text_of(kind, content, names)))
    return Entry(row.pk, sorted({*marks.tokens(found), *beside_words(marks, kind, row.at)}))


def _of_note(marks: KeyedMarks, note: InternalNote, text: str) -> Entry:
    return Entry(note.pk, marks.tokens(TALK.marks(pieces_of(without_names(text)))))
