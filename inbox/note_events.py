"""What the live stream tells of internal notes and handovers, to whoever reads that far back in their conversation."""

from inbox.models import Handover, InternalNote
from inbox.note_shapes import HandoverShape, InternalNoteShape
from inbox.policies import scope_of
from security.streams import Event


class NoteChanged(Event):
    """An internal note is new, or was edited or deleted."""

    kind = "internal_note.changed"
    payload_shape = InternalNoteShape
    audience = "message"

    @classmethod
    def of(cls, row: InternalNote, shape: InternalNoteShape) -> "NoteChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope={**scope_of(row.conversation), "at": row.created_at.isoformat()},
        )


class HandoverChanged(Event):
    """A conversation was handed over in words, or that was acknowledged."""

    kind = "handover.changed"
    payload_shape = HandoverShape
    audience = "message"

    @classmethod
    def of(cls, row: Handover, shape: HandoverShape) -> "HandoverChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope={**scope_of(row.conversation), "at": row.given_at.isoformat()},
        )
