"""The rules of a region as they are judged, kept by the process: every batch of messages asks for them."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import F

from contacts.conditions.facts import Fact, facts_of
from contacts.conditions.tree import Asked, Group, asked_in, stored
from contacts.models import RuleVersion
from security.policy import FRESH_FOR_SECONDS

_WHY = "judging what happened"


@dataclass(frozen=True)
class Written:
    """One version of one rule, ready to be judged."""

    rule_id: UUID
    version_id: UUID | None
    name: str
    event: str
    after_hours: int | None
    conditions: Group | None
    actions: tuple[Mapping[str, Any], ...] = field(hash=False)
    cooldown_hours: int = 0
    stops: bool = False

    @property
    def asked(self) -> frozenset[Asked]:
        return asked_in(self.conditions) if self.conditions is not None else frozenset()


@dataclass
class Book:
    """``events``: what at least one rule that is on waits for."""

    region_id: int
    rules: tuple[Written, ...]
    facts: Mapping[str, Fact]
    events: frozenset[str]
    read_at: float
    # What the sieve of each event is, see ``contacts.rules.sieve``.
    sieves: dict[str, Any] = field(default_factory=dict)

    def at_once(self, event: str) -> tuple[Written, ...]:
        return tuple(rule for rule in self.rules if rule.event == event and rule.after_hours is None)

    def later(self, event: str) -> tuple[Written, ...]:
        """Those about time, that count from it."""
        return tuple(rule for rule in self.rules if rule.event == event and rule.after_hours is not None)


_books: dict[int, Book] = {}


def book_of(region_id: int) -> Book:
    """At most a few seconds old, like policies."""
    book = _books.get(region_id)
    if book is None or time.monotonic() - book.read_at > FRESH_FOR_SECONDS:
        book = _read(region_id)
        _books[region_id] = book
    return book


def forget_rules() -> None:
    """Drop what this process knows (after a change, and between tests)."""
    _books.clear()


def written_of(version: RuleVersion) -> Written:
    return Written(
        rule_id=version.rule_id,
        version_id=version.pk,
        name=version.name,
        event=version.event,
        after_hours=version.after_hours,
        conditions=stored(version.conditions) if version.conditions is not None else None,
        actions=tuple(version.actions),
        cooldown_hours=version.cooldown_hours,
        stops=version.stops,
    )


_written: dict[UUID, Written] = {}
_MOST_WRITTEN = 5000


def _read(region_id: int) -> Book:
    """A version says the same for ever: only those not met before are loaded."""
    on = RuleVersion.objects.for_system(_WHY).filter(
        rule__region_id=region_id, rule__is_on=True, rule__archived_at=None, rule__paused_at=None
    )
    order = list(on.filter(number=F("rule__current")).values_list("rule__position", "rule_id", "pk"))
    known = {pk: _written[pk] for _position, _rule, pk in order if pk in _written}
    if fresh := [pk for _position, _rule, pk in order if pk not in known]:
        if len(_written) > _MOST_WRITTEN:
            _written.clear()
        for row in RuleVersion.objects.for_system(_WHY).filter(pk__in=fresh):
            known[row.pk] = _written[row.pk] = written_of(row)
    in_order = sorted(order, key=lambda row: (row[0], str(row[1])))
    rules = tuple(known[pk] for _position, _rule, pk in in_order if pk in known)
    facts = facts_of(region_id) if rules else {}
    return Book(region_id, rules, facts, frozenset(rule.event for rule in rules), time.monotonic())
