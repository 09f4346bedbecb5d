"""Segments of a region: made, changed, archived, counted (CM-4)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.conditions.tree import parse
from contacts.errors import SegmentNameTaken, TooManySegments
from contacts.events import CatalogueChanged
from contacts.models import Segment, SegmentSize, SegmentsPolicy
from contacts.segments import people_of
from contacts.segments.compiling import facts_of_segments
from contacts.segments.counting import counted
from security.access import Access, System
from security.errors import Conflict, Invalid, Missing, NotFound, require
from security.one_by_one import each_alone
from security.writing import Change, write

_WHY = "segments of a region"
_BY = System("counting segments")
_EDIT = "contacts.edit_segment"


def create_segment(
    *, by: Access, region_id: int, name: str, conditions: Mapping[str, Any], description: str = ""
) -> Segment:
    require(by.can(_EDIT))
    require(region_id in by.region_ids, NotFound)
    now = timezone.now()
    with write(by=by) as change:
        living = Segment.objects.for_system(_WHY).living().filter(region_id=region_id)
        require(living.count() < SegmentsPolicy.current().segments_most, TooManySegments)
        row = Segment(region_id=region_id, created_by_id=by.user_id, created_at=now, changed_at=now)
        _fill(row, name, description, conditions)
        row.save(force_insert=True)
        change.record("segment.created", row, segment=row.name, conditions=row.conditions)
        count_now(change, row)
    return row


def edit_segment(
    *,
    by: Access,
    segment_id: UUID,
    version: int,
    name: str | None = None,
    description: str | None = None,
    conditions: Mapping[str, Any] | None = None,
) -> Segment:
    """What is left out stays. ``version``: the one that was read; refused when somebody else changed it since."""
    with write(by=by) as change:
        row = _locked(by, segment_id)
        require(row.version == version, Conflict)
        before = {"segment": row.name, "description": row.description, "conditions": row.conditions}
        _fill(
            row,
            row.name if name is None else name,
            row.description if description is None else description,
            row.conditions if conditions is None else conditions,
            checked=conditions is None,
        )
        row.version += 1
        row.changed_at = timezone.now()
        row.save()
        after = {"segment": row.name, "description": row.description, "conditions": row.conditions}
        changed = {key: [before[key], after[key]] for key in before if before[key] != after[key]}
        change.record("segment.changed", row, **changed)
        count_now(change, row)
    return row


def archive_segment(*, by: Access, segment_id: UUID, archived: bool = True) -> Segment:
    """Out of the lists, or back; twice is once."""
    with write(by=by) as change:
        row = _locked(by, segment_id)
        if (row.archived_at is not None) == archived:
            return row
        if not archived:
            _refuse_taken(row)
        row.archived_at = timezone.now() if archived else None
        row.version += 1
        row.save()
        change.record("segment.archived" if archived else "segment.restored", row, segment=row.name)
        change.announce(CatalogueChanged.of(row.region_id, "segments"))
    return row


def count_segment(*, by: Access, segment_id: UUID) -> Segment:
    """Anew, at once."""
    with write(by=by) as change:
        row: Segment = Segment.objects.visible_to(by).locked().get_or_404(segment_id)
        count_now(change, row)
    return row


def record_segment_sizes() -> int:
    """Every segment that is in use, each in a transaction of its own; days past the policy are forgotten."""
    rows = Segment.objects.for_system(_WHY).living().select_related("region").order_by("pk")
    oldest = timezone.now().date() - timedelta(days=SegmentsPolicy.current().history_days)
    with write(by=_BY):
        SegmentSize.objects.for_system(_WHY).filter(day__lt=oldest).delete()
    today = [(pk,) for pk, zone in rows.values_list("pk", "region__time_zone") if _uncounted(pk, zone)]
    return each_alone(_count_alone, today, what="segment")


def _uncounted(segment_id: UUID, zone: str) -> bool:
    day = _day_in(zone, timezone.now())
    return not SegmentSize.objects.for_system(_WHY).filter(segment_id=segment_id, day=day).exists()


def _count_alone(segment_id: UUID) -> bool:
    with write(by=_BY) as change:
        row = Segment.objects.for_system(_WHY).locked().filter(pk=segment_id).first()
        if row is not None:
            count_now(change, row)
    return row is not None


def count_now(change: Change, row: Segment) -> None:
    """Of a segment that is locked or new: its size, and today's in its history."""
    row.counted_at = timezone.now()
    row.size = counted(people_of(row, now=row.counted_at))
    row.save(update_fields=["size", "counted_at"])
    day = _day_in(row.region.time_zone, row.counted_at)
    SegmentSize.objects.for_system(_WHY).update_or_create(segment=row, day=day, defaults={"size": row.size})
    change.announce(CatalogueChanged.of(row.region_id, "segments"))


def _day_in(zone: str, at: datetime) -> Any:
    return at.astimezone(ZoneInfo(zone)).date()


def _fill(row: Segment, name: str, description: str, conditions: Mapping[str, Any], *, checked: bool = False) -> None:
    row.name, row.description = " ".join(name.split()), description.strip()
    if not row.name:
        raise Missing(field="name")
    for field, longest in (("name", 60), ("description", 500)):
        if len(getattr(row, field)) > longest:
            raise Invalid(field=field, message=_("At most %(n)s characters.") % {"n": longest})
    _refuse_taken(row)
    if not checked:
        facts = facts_of_segments(row.region_id)
        row.conditions = parse(conditions, facts, region_id=row.region_id).as_json()


def _refuse_taken(row: Segment) -> None:
    same = Segment.objects.for_system(_WHY).living().filter(region_id=row.region_id, name=row.name).exclude(pk=row.pk)
    if same.exists():
        raise SegmentNameTaken(field="name")


def _locked(by: Access, segment_id: UUID) -> Segment:
    row: Segment = Segment.objects.visible_to(by).select_related("region").locked().get_or_404(segment_id)
    require(by.can(_EDIT))
    return row
