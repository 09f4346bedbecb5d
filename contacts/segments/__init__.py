"""Segments: saved filters over contacts (CM-4). What follows is what other apps use, and stays as it is.

for page in pages_of(segment):           # ids, by 500, however many there are
rows = people_of(segment)                # a query of contacts, to be narrowed further
why = belongs(segment, contact_id)       # whether this one does, and each condition's outcome
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.conditions.facts import Subject
from contacts.conditions.freezing import freeze
from contacts.conditions.judging import Outcome, judge
from contacts.conditions.tree import Node, asked_in, stored
from contacts.models import Contact, Segment
from contacts.segments.compiling import facts_of_segments, where
from security.errors import NotFound

_WHY = "who is in a segment"


def people_of(segment: Segment, *, now: datetime | None = None) -> Any:
    """The contacts that belong at this moment, open for the system: whoever shows them narrows them to their reader."""
    return people_by(stored(segment.conditions), region_id=segment.region_id, now=now or timezone.now())


def people_by(node: Node, *, region_id: int, now: datetime, rows: Any = None) -> Any:
    """The same by conditions that need not be saved; ``rows``: opened for somebody."""
    opened = Contact.objects.for_system(_WHY).filter(gone="") if rows is None else rows
    return opened.filter(where(node, facts_of_segments(region_id), now=now), region_id=region_id)


def members(
    segment: Segment, *, after: UUID | None = None, limit: int = 500, now: datetime | None = None
) -> list[UUID]:
    """The next ids behind ``after``; fewer than ``limit`` when there are no more. Whoever enters or leaves meanwhile
    may or may not be among them; nobody is twice."""
    rows = people_of(segment, now=now)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def pages_of(segment: Segment, *, size: int = 500) -> Iterator[list[UUID]]:
    """All of them as of now, page by page."""
    now, after = timezone.now(), None
    while page := members(segment, after=after, limit=size, now=now):
        yield page
        after = page[-1]


def belongs(segment: Segment, contact_id: UUID, *, now: datetime | None = None) -> Outcome:
    """Whether a contact belongs, and why: what is known of it, judged like a rule would. ``NotFound``: of another
    region, or gone."""
    rows = Contact.objects.for_system(_WHY).filter(pk=contact_id, region_id=segment.region_id, gone="")
    if not rows.exists():
        raise NotFound(field="contact")
    node, facts = stored(segment.conditions), facts_of_segments(segment.region_id)
    (frozen,) = freeze([Subject(contact_id, now or timezone.now())], asked_in(node), facts)
    return judge(node, frozen, facts)
