"""Reads of segments, for their readers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.conditions.reading import read
from contacts.conditions.tree import Group, stored
from contacts.models import Contact, Segment, SegmentSize
from contacts.queries import phones_of
from contacts.segments import people_by, people_of
from contacts.segments.compiling import facts_of_segments
from contacts.segments.counting import counted
from contacts.segments.shapes import SegmentPersonShape, SegmentShape, SegmentTryShape, SizeShape
from contacts.shapes import AuthorShape, ContactBriefShape
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of


def segment_page(
    *, access: Access, after: Sequence[Any] | None, limit: int, archived: bool = False, region_id: int | None = None
) -> list[Segment]:
    """By name; one more than ``limit`` when there are more."""
    rows = Segment.objects.visible_to(access).filter(archived_at__isnull=not archived)
    if region_id is not None:
        rows = rows.filter(region_id=region_id)
    if after is not None:
        name, pk = str(after[0]), str(after[-1])
        rows = rows.filter(name__gte=name).exclude(name=name, pk__lte=UUID(pk))
    return list(rows.order_by("name", "pk")[: limit + 1])


def segment_shapes(rows: Sequence[Segment]) -> dict[UUID, SegmentShape]:
    """In the language in force."""
    names = names_of(row.created_by_id for row in rows if row.created_by_id is not None)
    facts = {region: facts_of_segments(region) for region in {row.region_id for row in rows}}
    return {
        row.pk: SegmentShape(
            id=str(row.pk),
            region_id=row.region_id,
            name=row.name,
            description=row.description,
            conditions=row.conditions,
            reading=read(stored(row.conditions), facts[row.region_id], region_id=row.region_id),
            size=row.size,
            counted_at=row.counted_at,
            version=row.version,
            created_by=_author(row.created_by_id, names),
            created_at=row.created_at,
            changed_at=row.changed_at,
            archived_at=row.archived_at,
        )
        for row in rows
    }


def segment_shape(row: Segment) -> SegmentShape:
    return segment_shapes([row])[row.pk]


def people_page(*, access: Access, segment: Segment, after: UUID | None, limit: int) -> list[Contact]:
    """Of those that belong the ones the reader may see; one more than ``limit`` when there are more."""
    rows = Contact.objects.visible_to(access).filter(pk__in=people_of(segment).values("pk"))
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk")[: limit + 1])


def tried(*, access: Access, node: Group, region_id: int, shown: int) -> SegmentTryShape:
    """How many of those the reader may see the conditions hold of, and the first of them."""
    now = timezone.now()
    rows = people_by(node, region_id=region_id, now=now, rows=Contact.objects.visible_to(access))
    count = counted(rows)
    reading = read(node, facts_of_segments(region_id), region_id=region_id)
    first = list(rows.order_by("-pk")[:shown]) if count else []
    return SegmentTryShape(count=count, reading=reading, people=person_shapes(first))


def person_shapes(rows: Sequence[Contact]) -> list[SegmentPersonShape]:
    open_keys(row.key_id for row in rows)
    phones = phones_of(rows)
    return [
        SegmentPersonShape(contact=ContactBriefShape.of(row, phones[row.pk]), last_seen_at=row.last_seen_at)
        for row in rows
    ]


def sizes_of(*, access: Access, segment_id: UUID, days: int) -> list[SizeShape]:
    """The latest ``days`` of them, oldest first."""
    segment = Segment.objects.visible_to(access).get_or_404(segment_id)
    rows = SegmentSize.objects.visible_to(access).filter(segment=segment).order_by("-day")[:days]
    return [SizeShape(day=row.day, size=row.size) for row in reversed(list(rows))]


def _author(user_id: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))
