"""What Kefu says to a customer by itself, in the business's name: a confirmation, a welcome, what a rule sends.

It asks the same sending rules as a person's answer and leaves by the same queue. It is no answer: whoever waits goes on
waiting for a person, and nothing is reopened or given to anybody.
"""

from typing import Any

from django.utils import timezone

from inbox.actions.replies import enqueue_delivery, refuse_unless_sendable
from inbox.fitting import fitted
from inbox.models import Case, Conversation, Message
from inbox.policies import BINNED
from inbox.search.indexing import index_messages
from inbox.telling import tell
from security.access import System
from security.writing import Change

_WHY = "what Kefu says by itself"


def say_by_itself(
    change: Change, by: System, conversation: Conversation, *, ref: str, kind: str, content: dict[str, Any]
) -> Message | None:
    """Queue it, once for each ``ref`` in a conversation (``None``: it was said, or the conversation is in the bin).
    The caller holds the lock of the conversation, with its contact and channel; refused like any other message."""
    said = Message.objects.for_system(_WHY).filter(conversation=conversation, client_ref=ref)
    if conversation.state == BINNED or said.exists():
        return None
    content = fitted(kind, content)
    refuse_unless_sendable(kind, conversation, content)
    now = timezone.now()
    case = Case.objects.for_system(_WHY).filter(conversation=conversation).order_by("-number").first()
    message = Message(
        conversation=conversation, channel_id=conversation.channel_id, case=case, key_id=conversation.contact.key_id,
        direction="out", kind=kind, content=content, client_ref=ref, status="queued", at=now, created_at=now,
    )  # fmt: skip
    message.save(force_insert=True)
    index_messages(conversation.region_id, [message], [])
    conversation.last_message, conversation.last_activity_at = message, max(now, conversation.last_activity_at)
    conversation.version += 1
    conversation.save(update_fields=["last_message", "last_activity_at", "version"])
    change.record("message.queued", message, kind=kind, by_itself=by.reason)
    tell(change, messages=[message], conversations=[conversation])
    enqueue_delivery(change, conversation)
    return message
