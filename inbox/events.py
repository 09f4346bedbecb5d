"""What the live stream tells of the inbox. Payloads are whole objects with a version; clients keep the newest."""

from typing import Any

from inbox.channel_shapes import ChannelStateShape
from inbox.models import Channel, Conversation, Message
from inbox.policies import scope_of
from inbox.shapes import ConversationShape, LeftShape, MessageShape, ReadShape
from security.encryption.keyring import shared_key
from security.streams import Event


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
        regions = {row.region_id, left_scope["region_id"] if left_scope else row.region_id}
        return cls(
            streams=tuple(f"region:{region_id}" for region_id in sorted(regions)),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.contact.key_id,
            scope=scope_of(row),
            left_scope=left_scope,
        )


class MessageChanged(Event):
    """A message is new, or its status, reactions or file changed."""

    kind = "message.changed"
    payload_shape = MessageShape
    audience = "conversation"

    @classmethod
    def of(cls, row: Message, shape: MessageShape) -> "MessageChanged":
        return cls(
            streams=(f"region:{row.conversation.region_id}",),
            object_id=str(row.pk),
            payload=shape,
            key_id=row.key_id,
            scope=scope_of(row.conversation),
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
