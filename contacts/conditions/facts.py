"""What can be asked: a registry of typed facts, filled by every app from ``AppConfig.ready()``."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from contacts.conditions.operators import KINDS, OPERATORS, Operator
from security.models import Region

if TYPE_CHECKING:
    from django.db.models import Q

    from contacts.conditions.tree import Condition

# What a fact is about, and so where it can be asked: segments know contacts only, an event says what it carries.
ABOUT = ("contact", "conversation", "message", "order", "event")


@dataclass(frozen=True)
class Subject:
    """Who and what is asked about, as of when. ``about``: kind → id of what happened (message, order, tag …)."""

    contact_id: UUID
    at: datetime
    conversation_id: UUID | None = None
    about: tuple[tuple[str, str], ...] = ()

    def id_of(self, kind: str) -> str | None:
        return dict(self.about).get(kind)


@dataclass(frozen=True)
class Choice:
    value: str
    label: Any


# The answers for many subjects with a fixed number of statements; ``within``: only what lies so long before each
# ``at``. A subject that is missing is one of whom it is not known.
Load = Callable[[Sequence[Subject], timedelta | None], Mapping[Subject, Any]]
# How many there are since then (``None``: ever) of each of some contacts, or more; nothing of whom there are none.
AtMost = Callable[[Collection[UUID], datetime | None], Mapping[UUID, int]]
Choices = Callable[[int], Sequence[Choice]]


@dataclass(frozen=True)
class Fact:
    """``key``: ``about.name``. ``choices``: of a region, for the kinds ``choice`` and ``tags``. ``timed``: may be
    asked of a time window (orders in 24 hours). ``historic``: ``load`` answers as of ``Subject.at``, else as of today,
    and dry runs say so. ``zone``: in which days begin, the region's, for the kind ``date``. ``sql``: the same over
    ``Contact`` rows, for segments: gets the condition and now (in that zone), and agrees with ``load`` and the operator
    for every contact.

    What rules are ruled out by, within the write in which something happened: ``quick``, where ``load`` is one indexed
    statement; ``at_most``, where a count is not: never less than ``load`` says.
    """

    key: str
    kind: str
    label: Any
    load: Load
    choices: Choices | None = None
    timed: bool = False
    historic: bool = False
    zone: tzinfo = UTC
    sql: "Callable[[Condition, datetime], Q] | None" = None
    quick: bool = False
    at_most: AtMost | None = None

    @property
    def about(self) -> str:
        return self.key.partition(".")[0]

    @property
    def operators(self) -> dict[str, Operator]:
        return OPERATORS[self.kind]


_facts: dict[str, Fact] = {}
_finders: list[Callable[[int], Iterable[Fact]]] = []


def register_fact(fact: Fact) -> None:
    if fact.kind not in KINDS or fact.about not in ABOUT or (fact.key in _facts and _facts[fact.key] != fact):
        raise ValueError(f"{fact.key}: of no known kind, about nothing known, or there already")
    _facts[fact.key] = fact


def register_facts_of_region(finder: Callable[[int], Iterable[Fact]]) -> None:
    """Facts that differ by region, such as custom fields: ``finder`` gets the region's id."""
    if finder not in _finders:
        _finders.append(finder)


def facts_of(region_id: int, *, about: Iterable[str] = ABOUT) -> dict[str, Fact]:
    """Every fact that can be asked in a region of what is carried, by key."""
    wanted = frozenset(about)
    found = dict(_facts)
    for finder in _finders:
        found |= {fact.key: fact for fact in finder(region_id)}
    zone = ZoneInfo(Region.objects.values_list("time_zone", flat=True).get(pk=region_id))
    return {key: _in_zone(fact, zone) for key, fact in sorted(found.items()) if fact.about in wanted}


def _in_zone(fact: Fact, zone: tzinfo) -> Fact:
    return replace(fact, zone=zone) if fact.kind == "date" else fact
