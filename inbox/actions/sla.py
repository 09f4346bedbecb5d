"""What a region promises its customers: changed by supervisors, watched by the sweeper (PM-11)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, time
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.notifications import notify
from inbox.events import SlaWarned
from inbox.models import Channel, Conversation, Holiday, ServiceHours, SlaBreach, SlaPolicy
from inbox.models.conversation import PRIORITIES
from inbox.sla import DUE_FIELDS, forget_terms, refresh_due
from inbox.sla_policies import who_hears_warnings
from inbox.telling import tell
from security.access import Access, System
from security.bulk import save_many
from security.errors import Invalid, NotFound, require
from security.models import Region
from security.writing import write

_WHY = "watching what was promised"
_MOST_WARNED = 500
_AT_A_TIME = 200


@dataclass(frozen=True)
class Span:
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class DayOff:
    on: date
    name: str


@dataclass(frozen=True)
class Promise:
    channel_id: UUID | None
    priority: str | None
    first_minutes: int | None
    next_minutes: int | None
    resolution_hours: int | None
    within_hours: bool


def set_service(
    *, by: Access, region_id: int, hours: Sequence[Span], holidays: Sequence[DayOff], promises: Sequence[Promise]
) -> None:
    """Replace a region's service hours, holidays and promised times; what is due is worked out anew afterwards."""
    from inbox.tasks import refresh_promises  # tasks import actions

    require(region_id in by.region_ids, NotFound)
    require(by.can("inbox.manage_service"))
    _refuse_odd(region_id, hours, holidays, promises)
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        before = _as_told(region_id)
        for model in (ServiceHours, Holiday, SlaPolicy):
            model.objects.for_system(_WHY).filter(region=region).delete()
        ServiceHours.objects.bulk_create([ServiceHours(region=region, **asdict(one)) for one in hours])
        Holiday.objects.bulk_create([Holiday(region=region, **asdict(one)) for one in holidays])
        SlaPolicy.objects.bulk_create([_row(region, one) for one in promises])
        change.record("service.changed", region, before=before, after=_as_told(region_id))
        change.enqueue(refresh_promises, region_id)
    forget_terms()


def refresh_region(region_id: int) -> int:
    """Work out anew what is due in every open conversation of a region; returns how many changed."""
    forget_terms()
    changed, last = 0, None
    while True:
        with write(by=System("promised times")) as change:
            rows = Conversation.objects.for_system(_WHY).filter(region_id=region_id, state="open").order_by("pk")
            rows = rows.filter(pk__gt=last) if last else rows
            page = list(rows.locked().select_related("contact", "channel")[:_AT_A_TIME])
            before = {row.pk: (row.due_at, row.due_for) for row in page}
            refresh_due(page)
            moved = [row for row in page if (row.due_at, row.due_for) != before[row.pk]]
            for row in moved:
                row.version += 1
            save_many(moved, [*DUE_FIELDS, "version"])
            tell(change, conversations=moved)
        changed += len(moved)
        if len(page) < _AT_A_TIME:
            return changed
        last = page[-1].pk


def warn_due() -> int:
    """Tell of every promise that is at risk or broken by now and was not told of; returns how many."""
    due = Conversation.objects.for_system(_WHY).filter(watch_at__lte=timezone.now()).order_by("watch_at")
    return sum(_warn(pk) for pk in list(due.values_list("pk", flat=True)[:_MOST_WARNED]))


def _warn(conversation_id: UUID) -> bool:
    now = timezone.now()
    with write(by=System("promised times")) as change:
        rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
        row: Conversation = rows.locked().get(pk=conversation_id)
        if row.watch_at is None or row.watch_at > now or row.due_at is None:
            return False
        broken = row.due_at <= now
        row.watch_at = None if broken else row.due_at
        row.save(update_fields=["watch_at"])
        breach, fresh = SlaBreach.objects.for_system(_WHY).get_or_create(
            conversation=row,
            due_for=row.due_for,
            due_at=row.due_at,
            stage="breach" if broken else "near",
            defaults={"told_at": now},
        )
        if fresh:
            change.announce(SlaWarned.of(row, breach))
            told = {"due_for": row.due_for, "stage": breach.stage, "due_at": row.due_at.isoformat()}
            notify(change, to=who_hears_warnings(row), kind="sla.warned", conversation=row, **told)
    return fresh


def _row(region: Region, one: Promise) -> SlaPolicy:
    priority = None if one.priority is None else PRIORITIES[one.priority]
    return SlaPolicy(region=region, **{**asdict(one), "priority": priority})


def _as_told(region_id: int) -> dict[str, Any]:
    """For the operation log."""
    hours = ServiceHours.objects.for_system(_WHY).filter(region_id=region_id).order_by("weekday", "opens")
    holidays = Holiday.objects.for_system(_WHY).filter(region_id=region_id).order_by("on")
    promises = SlaPolicy.objects.for_system(_WHY).filter(region_id=region_id).order_by("id")
    names = ("priority", "first_minutes", "next_minutes", "resolution_hours", "within_hours")
    return {
        "hours": [f"{one.weekday} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in hours],
        "holidays": [one.on.isoformat() for one in holidays],
        "promises": [
            {"channel": str(one.channel_id or ""), **{name: getattr(one, name) for name in names}} for one in promises
        ],
    }


def _refuse_odd(region_id: int, hours: Sequence[Span], holidays: Sequence[DayOff], promises: Sequence[Promise]) -> None:
    for weekday in {one.weekday for one in hours}:
        spans = sorted((one.opens, one.closes) for one in hours if one.weekday == weekday)
        if any(closes != time(0) and closes <= opens for opens, closes in spans):
            raise Invalid(field="hours", message=_("It must close after it opens."))
        if any(closes == time(0) or opens < closes for (_o, closes), (opens, _c) in pairwise(spans)):
            raise Invalid(field="hours", message=_("These hours overlap."))
    if len({one.on for one in holidays}) < len(holidays):
        raise Invalid(field="holidays", message=_("Each day only once."))
    if len({(one.channel_id, one.priority) for one in promises}) < len(promises):
        raise Invalid(field="promises", message=_("There are two for the same conversations."))
    channels = {one.channel_id for one in promises if one.channel_id is not None}
    known = Channel.objects.for_system("channels of the region").filter(region_id=region_id, pk__in=channels)
    if known.count() < len(channels):
        raise Invalid(field="promises", message=_("This number is not of this region."))
