"""What the live stream tells of the inbox. Payloads are whole objects with a version; clients keep the newest."""

from datetime import datetime
from typing import Any

import orjson

from inbox.channel_shapes import ChannelStateShape
from inbox.drafts import DraftShape, draft_shapes
from inbox.models import (
    CannedReply,
    Channel,
    Conversation,
    Deletion,
    Draft,
    Macro,
    Message,
    SavedView,
    ScheduledReply,
    SlaBreach,
)
from inbox.policies import message_scope, reads_back_to, scope_of
from inbox.shapes import (
    ConversationShape,
    LeftShape,
    MessageShape,
    PreparedShape,
    ReadShape,
    RequeuedShape,
    ScheduledReplyShape,
    SlaWarningShape,
)
from inbox.shaping import contact_name
from security.access import Access, Scope
from security.encryption.keyring import shared_key
from security.models import User
from security.streams import Event, register_narrowing


class ConversationChanged(Event):
    """A conversation is new, or anything about it changed. Who can no longer see it hears ``conversation.left``."""

    kind = "conversation.changed"
    payload_shape = ConversationShape
    left_shape = LeftShape
    audience = "conversation"

    @classmethod
    def of(
        cls, row: Conversation, shape: ConversationShape, *, left_scope: dict[str, Any] | None = None
    ) -> "ConversationChanged":
        last = shape.last_message
        regions = {row.region_id, left_scope["region_id"] if left_scope else row.region_id}
        return cls(
            streams=tuple(f"region:{region_id}" for region_id in sorted(regions)),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.contact.key_id,
            scope={**scope_of(row), "last_at": last.at.isoformat() if last else None},
            left_scope=left_scope,
        )


def _shows_too_old(access: Access, scope: Scope) -> bool:
    """Whether the one line of the newest message is older than what ``access`` reads."""
    since = reads_back_to(access, scope["conversation_id"])
    return since is not None and bool(scope.get("last_at")) and datetime.fromisoformat(str(scope["last_at"])) < since


def _without_line(payload: str) -> str:
    return orjson.dumps({**orjson.loads(payload), "last_message": None}).decode()


register_narrowing("conversation", applies=_shows_too_old, narrowed=_without_line)


class MessageChanged(Event):
    """A message is new, or its status, reactions or file changed."""

    kind = "message.changed"
    payload_shape = MessageShape
    audience = "message"

    @classmethod
    def of(cls, row: Message, shape: MessageShape) -> "MessageChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope=message_scope(row),
        )


class ConversationRead(Event):
    """I read a conversation, perhaps in another tab."""

    kind = "conversation.read"
    payload_shape = ReadShape
    audience = "me"

    @classmethod
    def of(cls, user_id: int, conversation: Conversation, read_count: int) -> "ConversationRead":
        return cls(
            streams=(f"person:{user_id}",),
            object_id=str(conversation.pk),
            payload=ReadShape(id=str(conversation.pk), read_count=read_count),
            key_id=shared_key(region_id=None, purpose="people"),
            scope={"user_id": user_id},
        )


class SlaWarned(Event):
    """A promise to a customer is at risk, or broken; told once each."""

    kind = "sla.warned"
    payload_shape = SlaWarningShape
    audience = "warning"

    @classmethod
    def of(cls, row: Conversation, breach: SlaBreach) -> "SlaWarned":
        return cls(
            streams=(f"region:{row.region_id}",),
            object_id=str(breach.pk),
            payload=SlaWarningShape(
                conversation_id=str(row.pk),
                contact_name=contact_name(row),
                due_for=breach.due_for,
                stage=breach.stage,
                due_at=breach.due_at,
            ),
            key_id=row.contact.key_id,
            scope=scope_of(row),
        )


class BinChanged(Event):
    """Something went into the bin or came out of it, or waits for a second person: whoever shows the bin reads it
    again."""

    kind = "bin.changed"
    payload_shape = LeftShape
    audience = "deletion"

    @classmethod
    def of(cls, row: Deletion) -> "BinChanged":
        conversation = row.conversation
        return cls(
            streams=(f"region:{conversation.region_id}",),
            object_id=str(row.pk),
            payload=LeftShape(id=str(row.pk)),
            key_id=row.key_id,
            scope=scope_of(conversation),
        )


class DraftChanged(Event):
    """A draft of mine changed, perhaps in another tab; without text and files it is gone."""

    kind = "draft.changed"
    payload_shape = DraftShape
    audience = "me"

    @classmethod
    def of(cls, user_id: int, row: Draft) -> "DraftChanged":
        return cls(
            streams=(f"person:{user_id}",),
            object_id=str(row.pk),
            payload=draft_shapes([row])[0],
            key_id=row.key_id,
            scope={"user_id": user_id},
        )


class SavedViewChanged(Event):
    """A saved view is new, or was changed or deleted: whoever shows them reads them again."""

    kind = "saved_view.changed"
    payload_shape = LeftShape
    left_shape = LeftShape
    audience = "saved_view"

    @classmethod
    def of(cls, view: SavedView, *, before: dict[str, Any] | None = None) -> "SavedViewChanged":
        scope = {"region_id": view.region_id, "owner_id": view.owner_id}
        return cls(
            streams=tuple(dict.fromkeys(_stream_of_view(one) for one in (scope, before or scope))),
            object_id=str(view.pk),
            payload=LeftShape(id=str(view.pk)),
            key_id=shared_key(region_id=None, purpose="people"),
            scope=scope,
            left_scope=before,
        )


def _stream_of_view(scope: dict[str, Any]) -> str:
    return f"person:{scope['owner_id']}" if scope["region_id"] is None else f"region:{scope['region_id']}"


class ScheduledReplyChanged(Event):
    """A reply for later is new, was changed, sent or cancelled, or could not be sent."""

    kind = "scheduled_reply.changed"
    payload_shape = ScheduledReplyShape
    audience = "conversation"

    @classmethod
    def of(cls, row: ScheduledReply, shape: ScheduledReplyShape) -> "ScheduledReplyChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope=scope_of(row.conversation),
        )


class PreparedChanged(Event):
    """A canned reply or a macro is new, changed, deleted or restored: whoever shows them reads them again."""

    kind = "prepared.changed"
    payload_shape = PreparedShape
    left_shape = LeftShape
    audience = "prepared"

    @classmethod
    def of(cls, row: CannedReply | Macro, what: str, *, before: dict[str, Any] | None = None) -> "PreparedChanged":
        scope = {"region_id": row.region_id, "owner_id": row.owner_id}
        return cls(
            streams=tuple(dict.fromkeys(_stream_of_prepared(one) for one in (scope, before or scope))),
            object_id=str(row.pk),
            payload=PreparedShape(id=str(row.pk), what=what),
            key_id=shared_key(region_id=None, purpose="people"),
            scope=scope,
            left_scope=before,
        )


def _stream_of_prepared(scope: dict[str, Any]) -> str:
    return f"region:{scope['region_id']}" if scope["owner_id"] is None else f"person:{scope['owner_id']}"


class ChannelChanged(Event):
    """A number was paused or resumed, or what waits to be seen of it changed. Whoever shows channels, or this one,
    reads them again."""

    kind = "channel.changed"
    payload_shape = ChannelStateShape
    audience = "channel"

    @classmethod
    def of(cls, row: Channel) -> "ChannelChanged":
        return cls(
            streams=(f"region:{row.region_id}",),
            object_id=str(row.pk),
            payload=ChannelStateShape(id=str(row.pk), state=row.state),
            key_id=row.key_id,
            scope={"region_id": row.region_id, "channel_id": str(row.pk)},
        )


class WaitingRequeued(Event):
    """What customers waited for went back to the queue, because the person who had it is away or gone. They hear of it
    themselves, and so does their region."""

    kind = "waiting.requeued"
    payload_shape = RequeuedShape
    audience = "region"

    @classmethod
    def of(cls, person: User, region_id: int, count: int) -> "WaitingRequeued":
        return cls(
            streams=(f"region:{region_id}",),
            object_id=f"{person.pk}/{region_id}",
            payload=RequeuedShape(person_id=person.pk, name=person.name, count=count),
            key_id=shared_key(region_id=region_id, purpose="stream"),
            scope={"region_id": region_id},
        )
