"""Snoozed conversations come back: at their time, when the customer writes, or before the window closes."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from inbox.models import Conversation, Deletion, InboxPolicy, Snooze
from inbox.policies import BINNED
from inbox.sla import DUE_FIELDS, refresh_due
from inbox.telling import tell
from security.access import Access, System
from security.writing import write

logger = logging.getLogger(__name__)
_WHY = "waking snoozed conversations"
_BY = System("snoozes that are over")
_MOST = 500


def wake_moment(conversation: Conversation, until: datetime) -> datetime:
    """When it must come back: ``until`` is its time, unless the window closes before. One that is closing already
    wakes nobody."""
    closing = _window_closing(conversation)
    return closing if closing is not None and timezone.now() < closing < until else until


def _window_closing(conversation: Conversation) -> datetime | None:
    policy = InboxPolicy.current()
    heard = conversation.window_from
    if heard is None or not policy.snooze_wakes_before_window:
        return None
    return heard + timedelta(hours=policy.window_hours) - timedelta(minutes=policy.snooze_window_minutes)


def end_snooze(conversation: Conversation, *, how: str, by: Access | None = None) -> bool:
    """End the running one; the caller holds the lock, moves the conversation and tells."""
    running = Snooze.objects.for_system(_WHY).filter(conversation=conversation, ended_at=None)
    ended_by = by.user_id if by else None
    return running.update(ended_at=timezone.now(), ended_how=how, ended_by_id=ended_by) > 0


def wake_answered(conversations: Mapping[UUID, Conversation]) -> None:
    """Customers wrote in snoozed ones: those that wait for that are open again. Their batch saves and tells them."""
    if not conversations:
        return
    running = Snooze.objects.for_system(_WHY).filter(ended_at=None, wakes_on_reply=True, conversation__in=conversations)
    woken = list(running.values_list("pk", "conversation_id"))
    running.filter(pk__in=[pk for pk, _ in woken]).update(ended_at=timezone.now(), ended_how="reply")
    for _pk, conversation_id in woken:
        conversation = conversations[conversation_id]
        conversation.state, conversation.woken_how = "open", "reply"
        conversation.woken_at = conversation.last_activity_at


def wake_due() -> int:
    """Wake all whose time has come; returns how many that were."""
    due = Snooze.objects.for_system(_WHY).filter(ended_at=None, wake_at__lte=timezone.now())
    found = list(due.order_by("wake_at").values_list("conversation_id", flat=True)[:_MOST])
    return sum(_wake(conversation_id) for conversation_id in found)


def _wake(conversation_id: UUID) -> bool:
    """One of them, on top of its lists. The customer may have written meanwhile and moved the window on."""
    with write(by=_BY) as change:
        rows = Conversation.objects.for_system(_WHY).locked().select_related("contact", "channel")
        conversation: Conversation = rows.get(pk=conversation_id)
        snooze = Snooze.objects.for_system(_WHY).filter(conversation=conversation, ended_at=None).first()
        now = timezone.now()
        if snooze is None or snooze.wake_at > now:
            return False
        how = "due" if snooze.until <= now else "window"
        closing = _window_closing(conversation)
        if how == "window" and (closing is None or closing > now):
            Snooze.objects.for_system(_WHY).filter(pk=snooze.pk).update(wake_at=wake_moment(conversation, snooze.until))
            return False
        end_snooze(conversation, how=how)
        if conversation.state == BINNED:  # it would be open by now, and will be once it is restored
            Deletion.objects.for_system(_WHY).filter(conversation=conversation, state="binned").update(
                state_before="open"
            )
            return False
        conversation.state, conversation.woken_how = "open", how
        conversation.woken_at = conversation.last_activity_at = timezone.now()
        conversation.version += 1
        refresh_due([conversation])
        conversation.save(update_fields=["state", "woken_how", "woken_at", "last_activity_at", "version", *DUE_FIELDS])
        change.record("conversation.woken", conversation, how=how)
        tell(change, conversations=[conversation])
    return True
