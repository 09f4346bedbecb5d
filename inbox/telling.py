"""Announcing messages and conversations as the API shows them, many at a time."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from inbox.events import ConversationChanged, MessageChanged
from inbox.models import Conversation, Message
from inbox.shaping import conversation_shapes, message_shapes
from security.writing import Change

LeftScopes = Mapping[UUID, dict[str, Any]]
_WHY = "telling what changed to those who may see it"


def tell(
    change: Change,
    *,
    messages: Iterable[Message] = (),
    conversations: Iterable[Conversation] = (),
    left_scopes: LeftScopes | None = None,
) -> None:
    """Announce rows at the end of the write that changed them. ``left_scopes``: where a conversation was before."""
    rows = list(conversations)
    said = [message for message in messages if message.kind != "reaction"]  # those show on their target
    _load_conversations(said, rows)
    _share_last_messages(said, rows)
    for row, shape in zip(said, message_shapes(said), strict=True):
        row.told = shape
        change.announce(MessageChanged.of(row, shape))
    for thread, thread_shape in zip(rows, conversation_shapes(rows), strict=True):
        left = (left_scopes or {}).get(thread.pk)
        change.announce(ConversationChanged.of(thread, thread_shape, left_scope=left))


def _load_conversations(messages: list[Message], known: list[Conversation]) -> None:
    """Give every message its conversation object with one query for those nobody loaded yet."""
    by_id = {row.pk: row for row in known}
    missing = {m.conversation_id for m in messages} - set(by_id)
    for row in Conversation.objects.for_system(_WHY).filter(pk__in=missing) if missing else ():
        by_id[row.pk] = row
    for message in messages:
        message.conversation = by_id[message.conversation_id]


def _share_last_messages(messages: list[Message], conversations: list[Conversation]) -> None:
    """Most often a conversation's last message is among those told with it: it need not be read again."""
    by_id = {message.pk: message for message in messages}
    for row in conversations:
        if row.last_message_id in by_id:
            row.last_message = by_id[row.last_message_id]
