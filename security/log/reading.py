"""Reading the log: what somebody may see of it, searched, newest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Q, QuerySet, TextField
from django.db.models.functions import Cast

from security.access import Access
from security.log.subjects import people_called, within_sight
from security.models import Operation, Seal
from security.policies import visible_operations

# Words in details have no index: so many lines are looked through at a time, and `next` leads further back.
LOOKED_THROUGH = 50_000
COUNTED_UP_TO = 100_000
_ROUNDS = 5  # at most so many pages are read to fill one, where much of them is not to be seen


@dataclass(frozen=True)
class Asked:
    """What is looked for; nothing means everything."""

    person: int | None = None
    action: str = ""
    subject: str = ""
    region: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class Found:
    """``further``: where to go on, ``None`` at the end. A page may hold few lines, or none, and still go on."""

    lines: list[Operation]
    further: int | None


def operation_page(*, access: Access, asked: Asked, before: int | None, limit: int) -> Found:
    """At most ``limit`` lines with ids below ``before``, newest first."""
    newest: int = before if before is not None else (Operation.objects.aggregate(newest=Max("id"))["newest"] or 0) + 1
    bound = max(0, newest - LOOKED_THROUGH) if asked.text else 0
    rows = _matching(access, asked).filter(visible_operations(access), id__gte=bound).order_by("-id")
    found: list[Operation] = []
    for _ in range(_ROUNDS):
        chunk = list(rows.filter(id__lt=newest)[: limit + 1])
        found += within_sight(access, chunk)
        if len(found) > limit:
            return Found(found[:limit], found[limit - 1].pk)
        if len(chunk) <= limit:
            older = bound > 0 and Operation.objects.filter(id__lt=bound).exists()
            return Found(found, bound if older else None)
        newest = chunk[-1].pk
    return Found(found, newest)


def count_asked(*, access: Access, asked: Asked) -> int:
    """How many lines that is, told up to a bound; with words to look for, among the newest that are looked through."""
    rows = _matching(access, asked).filter(visible_operations(access)).order_by()
    if asked.text:
        newest: int = Operation.objects.aggregate(newest=Max("id"))["newest"] or 0
        rows = rows.filter(id__gte=newest - LOOKED_THROUGH)
    return rows[:COUNTED_UP_TO].count()


def last_seal() -> Seal | None:
    return Seal.objects.defer("leaves").order_by("-number").first()


def _matching(access: Access, asked: Asked) -> QuerySet[Operation]:
    rows = Operation.objects.all()
    if asked.person is not None:
        rows = rows.filter(_of_people([asked.person]))
    if asked.action:
        whole = Q(action=asked.action)
        rows = rows.filter(whole if "." in asked.action else whole | Q(action__startswith=f"{asked.action}."))
    if asked.subject:
        rows = rows.filter(subject_id=asked.subject)
    if asked.region is not None:
        rows = rows.filter(region_id=asked.region)
    if asked.since is not None:
        rows = rows.filter(at__gte=asked.since)
    if asked.until is not None:
        rows = rows.filter(at__lt=asked.until)
    return _saying(rows, asked.text, people_called(access, asked.text)) if asked.text else rows


def _of_people(ids: Sequence[int]) -> Q:
    """What they did, and what is about them."""
    return Q(actor_kind__in=("person", "key"), actor_id__in=[str(pk) for pk in ids]) | Q(about_id__in=ids)


def _saying(rows: QuerySet[Operation], text: str, people: Sequence[int]) -> QuerySet[Operation]:
    """Lines with ``text`` in their details, about the object of this id, or of ``people``, who are called so."""
    # As JSON spells it; SQLite keeps it as it was written, with every other sign than ASCII escaped.
    spelled = json.dumps(text, ensure_ascii=connection.vendor != "postgresql")[1:-1]
    told = rows.annotate(told=Cast("details", TextField()))
    return told.filter(
        Q(told__icontains=spelled) | Q(subject_id=text) | Q(device__icontains=text) | Q(ip=text) | _of_people(people)
    )
