"""What the inbox has to index, for building anew. Imported for what it registers."""

from typing import Any

from inbox.models import InternalNote, Message
from inbox.search.indexing import message_entries, note_entries
from inbox.search.texts import SILENT
from security.search.sources import Source, register_source

_WHY = "building the index anew"


def _messages(region_id: int) -> Any:
    rows = Message.objects.for_system(_WHY).filter(conversation__region_id=region_id)
    return rows.exclude(kind__in=SILENT)


def _notes(region_id: int) -> Any:
    rows = InternalNote.objects.for_system(_WHY).filter(conversation__region_id=region_id)
    return rows.filter(deleted_at=None)


register_source(Source("messages", Message, _messages, message_entries))
register_source(Source("internal notes", InternalNote, _notes, note_entries))
