"""A held reply must not be forgotten (PM-4): whatever stands in its way is told to the supervisors, once each.

Nothing happens to it by itself, also when the traineeship ends: it is neither sent nor lost, somebody decides.
"""

from datetime import datetime, timedelta
from itertools import islice

from django.utils import timezone

from inbox.coaching.events import HeldChanged
from inbox.coaching.notices import mentors_of, notify_people
from inbox.coaching.policy import CoachingPolicy
from inbox.crossing import crossed_by
from inbox.models import Conversation, HeldReply, InboxPolicy
from inbox.policies import BINNED, is_locked
from security.access import System
from security.one_by_one import each_alone
from security.trainees import is_over, leaders_of
from security.writing import write

_WHY = "replies that wait for a mentor"
_BY = System("held replies")
_MOST = 500
_TOLD_THE_TRAINEE = frozenset(("closed", "ended"))


def raise_held_alarms() -> int:
    """Tell what is new of those that wait; returns of how many there was something."""
    waiting = HeldReply.objects.for_system(_WHY).filter(state="waiting").exclude(conversation__state=BINNED)
    rows = waiting.select_related("conversation__contact", "traineeship__user").order_by("held_at")
    now = timezone.now()
    # Those of which all is told stay until somebody decides: they must not stand before the newer ones.
    late = ((row.pk,) for row in rows.iterator(chunk_size=_MOST) if set(alarms_of(row, now)) - set(row.alarms))
    return each_alone(_raise, list(islice(late, _MOST)), what="held reply")


def alarms_of(row: HeldReply, now: datetime) -> list[str]:
    """What stands in the way of a reply that waits. Expects its conversation, contact and traineeship loaded."""
    talk, policy = row.conversation, CoachingPolicy.current()
    found = {
        "late": row.held_at + timedelta(minutes=policy.held_minutes) <= now,
        "ended": row.traineeship is None or is_over(row.traineeship, now),
        "reassigned": talk.assignee_id != row.trainee_id,
        "locked": is_locked(talk) and talk.locked_by_id != row.trainee_id,
        "resolved": talk.state == "resolved",
        "answered": bool(crossed_by(talk, row.answers_seen, besides={row.trainee_id})),
    }
    closes = _closes_at(talk)
    if closes is None or closes <= now:
        found["closed"] = True
    elif closes <= now + timedelta(minutes=policy.held_window_minutes):
        found["closing"] = True
    return [name for name, so in found.items() if so]


def _closes_at(talk: Conversation) -> datetime | None:
    """When a free answer may leave no more, as the sending rules count (SR-1)."""
    policy, heard = InboxPolicy.current(), talk.window_from
    if heard is None:
        return None
    return heard + timedelta(hours=policy.window_hours) - timedelta(seconds=policy.window_margin_seconds)


def _raise(held_id: object) -> bool:
    with write(by=_BY) as change:
        rows = HeldReply.objects.for_system(_WHY)
        pk = rows.filter(pk=held_id).values_list("conversation_id", flat=True)
        talks = Conversation.objects.for_system(_WHY).locked().select_related("contact", "channel")
        talk = talks.filter(pk__in=list(pk)).first()
        row = rows.locked().select_related("message", "traineeship__user").filter(pk=held_id).first()
        if row is None or talk is None or row.state != "waiting" or talk.state == BINNED:
            return False
        row.conversation = row.message.conversation = talk
        fresh = [name for name in alarms_of(row, timezone.now()) if name not in row.alarms]
        if not fresh:
            return False
        row.alarms = [*row.alarms, *fresh]
        row.save(update_fields=["alarms"])
        change.record("reply.alarmed", row.message, why=fresh[0] if len(fresh) == 1 else " ".join(fresh))
        change.announce(HeldChanged.of(row))
        to = {*leaders_of([talk.region_id]), *mentors_of(row)}
        if _TOLD_THE_TRAINEE & set(fresh) and row.trainee_id is not None:
            to.add(row.trainee_id)
        notify_people(change, to=to, kind="reply.escalated", conversation=talk, why=fresh[0])
    return True
