"""What colleagues write to each other inside a conversation (PM-11). Nothing of it ever leaves for the customer."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import ContactsPolicy
from inbox.actions.notifications import notify
from inbox.errors import NotYourNote, TextMissing, TooManyParts
from inbox.media_store import delete_file
from inbox.mentions import as_read, mentioned_in, reached_by, refuse_unfit
from inbox.models import Conversation, InboxPolicy, InternalNote, Media
from inbox.note_events import NoteChanged
from inbox.note_shapes import note_shapes
from inbox.policies import can_note, refusal_of
from inbox.search.indexing import index_note, reindex_note
from security.access import Access
from security.errors import Invalid, require
from security.writing import Change, write

_WHY = "an internal note"
_CLIENT_REF_MAX = 64
_EXCERPT = 160


def write_note(
    *, by: Access, conversation_id: object, client_ref: str, text: str, uploads: Sequence[UUID] = ()
) -> InternalNote:
    """Leave a note with files for whoever sees the conversation; whoever it names is notified.

    A repeated ``client_ref`` returns the first note: a reconnecting browser cannot double it.
    """
    if not 0 < len(client_ref) <= _CLIENT_REF_MAX:
        raise Invalid(field="client_ref")
    with write(by=by) as change:
        conversation = _open(by, conversation_id)
        written = InternalNote.objects.for_system(_WHY).filter(conversation=conversation, client_ref=client_ref).first()
        if written is not None:
            return _once(by, written)
        files = _files(by, conversation, uploads)
        _refuse_odd(text, bare=not files)
        named = mentioned_in(text)
        refuse_unfit(conversation, named)
        note = InternalNote(
            conversation=conversation,
            key_id=conversation.contact.key_id,
            text=text.strip(),
            author_id=by.user_id,
            client_ref=client_ref,
            created_at=timezone.now(),
        )
        note.save(force_insert=True)
        index_note(note)
        Media.objects.for_system(_WHY).filter(pk__in=[file.pk for file in files]).update(note=note)
        change.record("internal_note.added", note, files=len(files), mentioned=len(named.people) + len(named.teams))
        _tell(change, note)
        _notify(change, note, reached_by(conversation, named))
    return note


def edit_note(*, by: Access, note_id: object, text: str) -> InternalNote:
    """Its author says it otherwise; the operation log keeps what it said before. Whoever is newly named is notified."""
    with write(by=by) as change:
        note = _own(by, note_id)
        _refuse_odd(text, bare=not Media.objects.for_system(_WHY).filter(note=note).exists())
        before, note.text = note.text, text.strip()
        if before == note.text:
            return note
        known = reached_by(note.conversation, mentioned_in(before))
        named = mentioned_in(note.text)
        refuse_unfit(note.conversation, named)
        note.edited_at, note.version = timezone.now(), note.version + 1
        note.save(update_fields=["text", "edited_at", "version"])
        reindex_note(note, before)
        change.record("internal_note.edited", note, words={"text": (as_read(before), as_read(note.text))})
        _tell(change, note)
        _notify(change, note, set(reached_by(note.conversation, named)) - set(known))
    return note


def delete_note(*, by: Access, note_id: object) -> InternalNote:
    """Its author takes it back: its place stays, its words are in the operation log only, its files are gone. Twice is
    once."""
    with write(by=by) as change:
        note = _own(by, note_id)
        before, note.text = note.text, ""
        note.deleted_at, note.version = timezone.now(), note.version + 1
        note.save(update_fields=["text", "deleted_at", "version"])
        reindex_note(note, before)
        files = Media.objects.for_system(_WHY).filter(note=note)
        for name in {part for file in files for part in (file.file, file.thumbnail) if part}:
            change.afterwards[("delete_file", name)] = partial(delete_file, name)
        files.delete()
        change.record("internal_note.deleted", note, words={"text": (as_read(before), None)})
        _tell(change, note)
    return note


def _open(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    require(can_note(by, conversation), refusal_of(by, conversation))
    return conversation


def _once(by: Access, written: InternalNote) -> InternalNote:
    if written.author_id != by.user_id:
        raise Invalid(field="client_ref")  # somebody else's: it is not repeated to whoever guessed it
    return written


def _own(by: Access, note_id: object) -> InternalNote:
    """Locked after its conversation. Not there any more once it was deleted."""
    seen = InternalNote.objects.visible_to(by).filter(deleted_at=None).get_or_404(note_id)
    conversation = _open(by, seen.conversation_id)
    require(seen.author_id == by.user_id, NotYourNote)
    note: InternalNote = InternalNote.objects.visible_to(by).filter(deleted_at=None).locked().get_or_404(note_id)
    note.conversation = conversation
    return note


def _files(by: Access, conversation: Conversation, uploads: Sequence[UUID]) -> list[Media]:
    most = InboxPolicy.current().note_files
    wanted = set(uploads)
    if len(wanted) > most:
        raise TooManyParts(field="uploads", remedy=TooManyParts.counted % {"n": most})
    if not wanted:
        return []
    rows = Media.objects.visible_to(by).filter(conversation=conversation, uploaded_by_id=by.user_id, pk__in=wanted)
    files = list(rows.filter(message=None, note=None).locked().order_by("pk"))
    if len(files) < len(wanted):
        raise Invalid(field="uploads", message=_("This file is not there any more."))
    return files


def _refuse_odd(text: str, *, bare: bool) -> None:
    longest = ContactsPolicy.current().note_max
    if bare and not text.strip():
        raise TextMissing(field="text")
    if len(text) > longest:
        raise Invalid(field="text", message=_("At most %(n)s characters.") % {"n": longest})


def _tell(change: Change, note: InternalNote) -> None:
    change.announce(NoteChanged.of(note, note_shapes([note])[0]))


def _notify(change: Change, note: InternalNote, people: Sequence[int] | set[int]) -> None:
    excerpt = as_read(note.text)[:_EXCERPT]
    notify(
        change,
        to=people,
        kind="note.mentioned",
        conversation=note.conversation,
        note=excerpt,
        note_id=str(note.pk),
        at=note.created_at.isoformat(),
    )
