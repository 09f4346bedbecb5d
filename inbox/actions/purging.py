"""What has been in the bin for its time is destroyed for good: messages, files, sealed words, raw webhooks (PM-9).

In short transactions that each lock the conversation, so that any number of workers may do it at once and any of them
may die in the middle. The operation log keeps its lines; their sealed words are shown to whoever sees the conversation,
which is nobody any more.
"""

import logging
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from inbox.actions.bin import lapse_deletion, put_back, save_row, tell_bin
from inbox.brought import webhooks_of
from inbox.holds import is_held
from inbox.media_store import delete_file
from inbox.models import Conversation, Deletion, Media, Message, StoredWebhook
from inbox.search.indexing import forget_messages, forget_notes
from security.access import System
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "destroying what was in the bin"
_BY = System("the bin")
_CONVERSATIONS = 50  # a run; the next one goes on
_MESSAGES = 200  # a transaction: on SQLite nobody else writes meanwhile


def purge_due() -> int:
    """Destroy what is due or was ordered, and let lapse what nobody confirmed; returns how many conversations."""
    _lapse()
    over = Q(state="binned", held_at=None, conversation__contact__held_at=None, purge_at__lte=timezone.now())
    due = Q(state="purging") | over
    rows = Deletion.objects.for_system(_WHY).filter(due).order_by("purge_at", "id")
    return sum(_purge(pk) for pk in list(rows.values_list("pk", flat=True)[:_CONVERSATIONS]))


def _lapse() -> None:
    over = Deletion.objects.for_system(_WHY).filter(state="asked", expires_at__lte=timezone.now())
    for pk, conversation_id in list(over.values_list("pk", "conversation_id")[:_CONVERSATIONS]):
        with write(by=_BY) as change:
            row = _locked(pk, conversation_id)
            if row is not None and row.state == "asked":
                lapse_deletion(change, row)


def _purge(deletion_id: UUID) -> bool:
    """Whether this call was the one that finished it."""
    known = Deletion.objects.for_system(_WHY).filter(pk=deletion_id).values_list("conversation_id", flat=True).first()
    if known is None or not _begin(deletion_id, known):
        return False
    while (files := _destroy_some(deletion_id, known)) is not None:
        # After the commit: a row without its file would be worse than a file without its row, which is swept up.
        for name in files:
            delete_file(name)
    return _finish(deletion_id, known)


def _begin(deletion_id: UUID, conversation_id: UUID) -> bool:
    with write(by=_BY) as change:
        row = _locked(deletion_id, conversation_id)
        if row is None or row.state not in ("binned", "purging"):
            return False
        if row.state == "binned":
            if is_held(row.conversation) or row.purge_at is None or row.purge_at > timezone.now():
                return False
            row.state = "purging"
            save_row(change, row)
        return not _stopped(change, row)


def _stopped(change: Change, row: Deletion) -> bool:
    """A hold came after it was ordered, or in the middle: what is left stays."""
    if not is_held(row.conversation):
        return False
    put_back(change, row)
    return True


def _destroy_some(deletion_id: UUID, conversation_id: UUID) -> list[str] | None:
    """The oldest messages with their files; the names of those files. ``None``: nothing is left, or it came back."""
    brought = webhooks_of(_oldest(conversation_id))
    with write(by=_BY) as change:
        row = _locked(deletion_id, conversation_id)
        if row is None or row.state != "purging" or _stopped(change, row):
            return None
        ids = [message.pk for message in _oldest(conversation_id)]
        media = Media.objects.for_system(_WHY).filter(conversation_id=conversation_id)
        media = media.filter(message__in=ids) if ids else media
        files = list(media.values_list("pk", "file", "thumbnail"))
        if not ids and not files:
            return None
        forget_messages(row.conversation.region_id, ids)
        StoredWebhook.objects.filter(pk__in=brought).delete()
        Media.objects.for_system(_WHY).filter(pk__in=[pk for pk, _file, _small in files]).delete()
        Message.objects.for_system(_WHY).filter(pk__in=ids).delete()
        row.purged_messages += len(ids)
        row.purged_files += len(files)
        row.save(update_fields=["purged_messages", "purged_files"])
    return [name for _pk, *names in files for name in names if name]


def _finish(deletion_id: UUID, conversation_id: UUID) -> bool:
    with write(by=_BY) as change:
        row = _locked(deletion_id, conversation_id)
        if row is None or row.state != "purging" or _stopped(change, row):
            return False
        left = Message.objects.for_system(_WHY).filter(conversation_id=conversation_id)
        if left.exists() or Media.objects.for_system(_WHY).filter(conversation_id=conversation_id).exists():
            return False  # something came meanwhile: the next run goes on
        change.record("conversation.purged", row.conversation, messages=row.purged_messages, files=row.purged_files)
        tell_bin(change, row)
        forget_notes(row.conversation.region_id, conversation_id)
        row.conversation.delete()
    return True


def _oldest(conversation_id: UUID) -> list[Message]:
    said = Message.objects.for_system(_WHY).filter(conversation_id=conversation_id).order_by("at", "id")
    return list(said.defer("content")[:_MESSAGES])


def _locked(deletion_id: UUID, conversation_id: UUID) -> Deletion | None:
    """Conversation first, as everywhere; ``None`` when another worker has finished it."""
    rows: Any = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    conversation = rows.locked().filter(pk=conversation_id).first()
    if conversation is None:
        return None
    row: Deletion | None = Deletion.objects.for_system(_WHY).locked().filter(pk=deletion_id).first()
    if row is not None:
        row.conversation = conversation
    return row
