"""Replies whose time has come (PM-11): sent as their author, once, however many sweepers look.

Everything happens in one transaction under the lock of the conversation: a crash before its commit leaves the reply
waiting, one after it finds the message queued and the reply ended.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from inbox.actions.scheduled import end_scheduled, leave
from inbox.models import Conversation, ScheduledReply
from inbox.policies import locked_against
from inbox.scheduling import happened_to, tell_scheduled, window_is_over
from security.access import Access, System, access_of
from security.errors import Refusal
from security.models import User
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "sending what was scheduled"
_BY = System("replies for later")
_MOST = 500
_PAUSED_AGAIN = timedelta(minutes=1)
AUTHOR_GONE = "author_gone"


def send_due_replies() -> int:
    """Look at all whose time has come; returns how many of them are done with, or ask."""
    due = ScheduledReply.objects.for_system(_WHY).filter(state="waiting", due_at__lte=timezone.now())
    found = list(due.order_by("due_at").values_list("pk", "conversation_id", "author_id")[:_MOST])
    return sum(_tried(*one) for one in found)


def _tried(scheduled_id: UUID, conversation_id: UUID, author_id: int) -> bool:
    """One that cannot be read must not hold up the others."""
    try:
        return _look_at(scheduled_id, conversation_id, author_id)
    except Exception:
        logger.exception("scheduled reply %s could not be looked at", scheduled_id)
        return False


def _look_at(scheduled_id: UUID, conversation_id: UUID, author_id: int) -> bool:
    author = User.objects.filter(pk=author_id, is_active=True).first()
    access = access_of(author) if author is not None else None
    with write(by=access or _BY) as change:
        rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get(pk=conversation_id)
        row: ScheduledReply = ScheduledReply.objects.for_system(_WHY).locked().get(pk=scheduled_id)
        if row.state != "waiting" or row.due_at > timezone.now():
            return False  # another sweeper, or its author, was first
        return _decide(change, access, conversation, row)


def _decide(change: Change, access: Access | None, conversation: Conversation, row: ScheduledReply) -> bool:
    if access is None:
        return _stop(change, conversation, row, "failed", AUTHOR_GONE)
    happened = happened_to(row, conversation)
    if happened and row.meanwhile == "cancel":
        return _stop(change, conversation, row, "cancelled", happened)
    if happened and row.meanwhile == "ask":
        return _stop(change, conversation, row, "asking", happened)
    if window_is_over(conversation, row.content["kind"]):
        return _stop(change, conversation, row, "failed", "window_closed")
    if _postponed(access, conversation, row):
        return False
    try:
        with write(by=access):  # a savepoint: what a refusal leaves half-written is gone
            leave(change, access, conversation, row)
    except Refusal as refusal:
        return _stop(change, conversation, _fresh(row), "failed", refusal.code)
    return True


def _postponed(access: Access, conversation: Conversation, row: ScheduledReply) -> bool:
    """A lock and a pause end: it waits for that, as long as the window is open."""
    if locked_against(access, conversation):
        row.due_at = conversation.locked_until
    elif conversation.channel.state == "paused":
        row.due_at = timezone.now() + _PAUSED_AGAIN
    else:
        return False
    row.save(update_fields=["due_at"])
    return True


def _stop(change: Change, conversation: Conversation, row: ScheduledReply, state: str, reason: str) -> bool:
    """It does not leave: ended when cancelled, else somebody must say what becomes of it."""
    if state == "cancelled":
        end_scheduled(row, state, reason=reason)
    else:
        row.state, row.error_code = state, reason
        row.version += 1
        row.save()
    change.record(f"reply.scheduled_{state}", conversation, send_at=row.send_at.isoformat(), reason=reason)
    tell_scheduled(change, conversation, row)
    return True


def _fresh(row: ScheduledReply) -> ScheduledReply:
    found: ScheduledReply = ScheduledReply.objects.for_system(_WHY).get(pk=row.pk)
    return found
