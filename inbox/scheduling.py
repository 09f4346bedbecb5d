"""What is told of replies for later, and what has happened since they were written."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from contacts.shapes import AuthorShape
from inbox.events import ScheduledReplyChanged
from inbox.models import Conversation, InboxPolicy, Media, Message, Resolution, ScheduledReply
from inbox.models.message import UNSAID
from inbox.models.scheduled import OPEN_STATES
from inbox.sending.rules import TEMPLATE
from inbox.shapes import ScheduledReplyShape
from inbox.shaping import media_shape
from inbox.telling import tell
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of
from security.writing import Change

_WHY = "replies for later"
# The ``client_ref`` of what left: it can leave once only, whatever becomes of the worker.
REF = "scheduled "
CUSTOMER_WROTE, ANSWERED, RESOLVED = "customer_wrote", "answered", "resolved"
STOPPED = "binned"  # why what waited to leave fails when its conversation is deleted (PM-9)
_MOST = 200


def scheduled_replies(*, access: Access, conversation_id: object) -> list[ScheduledReply]:
    """Those of a conversation that still wait, or need somebody's word, by their time."""
    rows = ScheduledReply.objects.visible_to(access).filter(conversation_id=conversation_id, ended_at=None)
    return list(rows.order_by("send_at", "pk")[:_MOST])


def scheduled_shapes(rows: Sequence[ScheduledReply]) -> list[ScheduledReplyShape]:
    open_keys(row.key_id for row in rows)
    names = names_of(row.author_id for row in rows)
    files = Media.objects.for_system(_WHY).in_bulk([row.media_id for row in rows if row.media_id])
    return [_shape(row, names.get(row.author_id, ""), files.get(row.media_id)) for row in rows]


def tell_scheduled(change: Change, conversation: Conversation, row: ScheduledReply) -> None:
    """Announce the row, and its conversation with when the next one leaves."""
    row.conversation = conversation
    conversation.scheduled_at = next_of(conversation)
    conversation.version += 1
    conversation.save(update_fields=["scheduled_at", "version"])
    change.announce(ScheduledReplyChanged.of(row, scheduled_shapes([row])[0]))
    tell(change, conversations=[conversation])


def next_of(conversation: Conversation) -> datetime | None:
    waiting = ScheduledReply.objects.for_system(_WHY).filter(conversation=conversation, ended_at=None)
    first: datetime | None = waiting.aggregate(first=Min("send_at"))["first"]
    return first


def happened_to(row: ScheduledReply, conversation: Conversation) -> str:
    """What was said or done since its author last confirmed it; empty when nothing. What waits for a mentor, or was
    stopped by the bin, has answered nobody."""
    if conversation.inbound_count > row.inbound_count:
        return CUSTOMER_WROTE
    done = Resolution.objects.for_system(_WHY).filter(conversation=conversation, reopened_at=None)
    if done.filter(resolved_at__gt=row.confirmed_at).exists():
        return RESOLVED
    said = Message.objects.for_system(_WHY).filter(conversation=conversation, direction="out")
    said = said.filter(created_at__gt=row.confirmed_at).exclude(kind="reaction").exclude(status__in=UNSAID)
    said = said.exclude(status="failed", error_code=STOPPED)
    return ANSWERED if said.exclude(client_ref__startswith=REF).exists() else ""


def window_is_over(conversation: Conversation, kind: str) -> bool:
    policy, heard = InboxPolicy.current(), conversation.window_from
    if kind == TEMPLATE:
        return False
    length = timedelta(hours=policy.window_hours) - timedelta(seconds=policy.window_margin_seconds)
    return heard is None or timezone.now() >= heard + length


def is_open(row: ScheduledReply) -> bool:
    return row.state in OPEN_STATES


def _shape(row: ScheduledReply, name: str, media: Media | None) -> ScheduledReplyShape:
    content = {name: value for name, value in row.content["content"].items() if name not in ("components", "upload")}
    if media is not None:
        content["media"] = asdict(media_shape(media))
    return ScheduledReplyShape(
        id=str(row.pk),
        version=row.version,
        conversation_id=str(row.conversation_id),
        author=AuthorShape(id=row.author_id, name=name),
        kind=row.content["kind"],
        content=content,
        send_at=row.send_at,
        meanwhile=row.meanwhile,
        state=row.state,
        reason=row.error_code,
        inbound_count=row.inbound_count,
        created_at=row.created_at,
    )
