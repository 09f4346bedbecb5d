"""Deeds of people as lines of the log, at any time, and rules over them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from security.actions.behaviour import watch_behaviour
from security.models import BehaviourAlarm, BehaviourCursor, BehaviourRule, Operation, User

NOON = datetime.fromisoformat("2026-11-04T04:00:00+00:00")  # a Wednesday; twelve o'clock in Taipei


def deeds(who: User, *moments: datetime, action: str = "contact.viewed", key: bool = False, **details: Any) -> None:
    """One line for each moment, as an action would have written it."""
    Operation.objects.bulk_create(
        Operation(
            at=at,
            actor_kind="key" if key else "person",
            actor_id=str(who.pk),
            action=action,
            subject_kind="security.user",
            subject_id=str(number),
            details=details,
        )
        for number, at in enumerate(moments)
    )


def each(count: int, *, seconds: float = 1, begin: datetime | None = None) -> list[datetime]:
    """``count`` moments, so far apart, the last one now."""
    begin = begin or timezone.now() - timedelta(seconds=seconds * (count - 1))
    return [begin + timedelta(seconds=seconds * number) for number in range(count)]


def rule(**wanted: Any) -> BehaviourRule:
    """Three looks within ten minutes, unless ``wanted`` says otherwise."""
    usual = {"name": "Looking", "actions": ["contact.viewed"], "threshold": 3, "window_minutes": 10}
    return BehaviourRule.objects.create(**{**usual, **wanted})


def begin_here() -> None:
    newest = Operation.objects.aggregate(newest=Max("id"))["newest"] or 0
    BehaviourCursor.objects.update_or_create(pk=1, defaults={"upto": newest})


def alarms(*, look: bool = True) -> list[BehaviourAlarm]:
    if look:
        watch_behaviour()
    return list(BehaviourAlarm.objects.select_related("rule", "person", "lock").order_by("raised_at"))
