"""Replies whose time has come (PM-11): sent as their author, once, however many sweepers look.

Everything happens in one transaction under the lock of the conversation: a crash before its commit leaves the reply
waiting, one after it finds the message queued and the reply ended.
"""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from inbox.actions.scheduled import end_scheduled, leave
from inbox.actions.scheduled_news import tell_of_stop
from inbox.models import Conversation, ScheduledReply
from inbox.policies import locked_against
from inbox.scheduling import happened_to, tell_scheduled, window_is_over
from security.access import Access, System, access_of
from security.errors import Refusal
from security.models import User
from security.one_by_one import each_alone
from security.writing import write

_WHY = "sending what was scheduled"
_BY = System("replies for later")
_MOST = 500
_PAUSED_AGAIN = timedelta(minutes=1)
AUTHOR_GONE = "author_gone"


def send_due_replies() -> int:
    """Look at all whose time has come; returns how many of them are done with, or ask."""
    due = ScheduledReply.objects.for_system(_WHY).filter(state="waiting", due_at__lte=timezone.now())
    found = list(due.order_by("due_at", "pk").values_list("pk", "conversation_id", "author_id")[:_MOST])
    return each_alone(_look_at, found, what="scheduled reply")


class _Stopped(Exception):
    """It does not leave; what was begun is rolled back."""

    def __init__(self, state: str, reason: str) -> None:
        self.state, self.reason = state, reason
        super().__init__(reason)


def _look_at(scheduled_id: UUID, conversation_id: UUID, author_id: int) -> bool:
    author = User.objects.filter(pk=author_id, is_active=True).first()
    try:
        if author is None:
            raise _Stopped("failed", AUTHOR_GONE)
        return _leave_as(access_of(author), scheduled_id, conversation_id)
    except _Stopped as stopped:
        return _stop(scheduled_id, conversation_id, stopped.state, stopped.reason)
    except Refusal as refusal:
        return _stop(scheduled_id, conversation_id, "failed", refusal.code)


def _leave_as(author: Access, scheduled_id: UUID, conversation_id: UUID) -> bool:
    """Whether it left; a lock and a pause end, so it waits for that as long as the window is open."""
    with write(by=author) as change:
        conversation, row = _locked(scheduled_id, conversation_id)
        if not _is_due(row):
            return False  # another sweeper, or its author, was first
        _stop_if_something_happened(conversation, row)
        if locked_against(author, conversation):
            row.due_at = conversation.locked_until or timezone.now()
        elif conversation.channel.state == "paused":
            row.due_at = timezone.now() + _PAUSED_AGAIN
        else:
            leave(change, author, conversation, row)
            return True
        row.save(update_fields=["due_at"])
        return False


def _stop_if_something_happened(conversation: Conversation, row: ScheduledReply) -> None:
    happened = happened_to(row, conversation)
    if happened and row.meanwhile != "send":
        raise _Stopped("cancelled" if row.meanwhile == "cancel" else "asking", happened)
    if window_is_over(conversation, row.content["kind"]):
        raise _Stopped("failed", "window_closed")


def _stop(scheduled_id: UUID, conversation_id: UUID, state: str, reason: str) -> bool:
    """It does not leave: ended when cancelled, else somebody must say what becomes of it, and is told."""
    with write(by=_BY) as change:
        conversation, row = _locked(scheduled_id, conversation_id)
        if not _is_due(row):
            return False
        if state == "cancelled":
            end_scheduled(row, state, reason=reason)
        else:
            row.state, row.error_code = state, reason[:40]
            row.version += 1
            row.save()
        change.record(f"reply.scheduled_{state}", conversation, send_at=row.send_at.isoformat(), reason=reason)
        tell_of_stop(change, conversation, row)
        tell_scheduled(change, conversation, row)
    return True


def _locked(scheduled_id: UUID, conversation_id: UUID) -> tuple[Conversation, ScheduledReply]:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get(pk=conversation_id)
    row: ScheduledReply = ScheduledReply.objects.for_system(_WHY).locked().get(pk=scheduled_id)
    return conversation, row


def _is_due(row: ScheduledReply) -> bool:
    return row.state == "waiting" and row.due_at <= timezone.now()
