"""What a rule would have done: the past is read in the order it happened, and judged as it would have been then.

Facts whose past nobody knows are asked as they are today, and named (``Tried.of_today``).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from contacts.conditions.facts import Fact, Subject, facts_of
from contacts.conditions.freezing import freeze
from contacts.conditions.judging import holds
from contacts.rules.book import Written
from contacts.rules.events import event_kind
from contacts.rules.policy import RulesPolicy


@dataclass
class Tried:
    """How far it is. ``found``: the newest firings, oldest first; ``people``: whom it fired for."""

    looked: int = 0
    total: int = 0
    fired: int = 0
    people: set[UUID] = field(default_factory=set)
    of_today: set[str] = field(default_factory=set)
    found: deque[Subject] = field(default_factory=deque)


def try_out(rule: Written, region_id: int, since: datetime) -> Iterator[Tried]:
    """Yields its state after each batch."""
    until = timezone.now()
    facts = facts_of(region_id)
    tried = Tried(found=deque(maxlen=RulesPolicy.current().trial_shown))
    tried.of_today = {key for key, _hours in rule.asked if key in facts and not facts[key].historic}
    last: dict[UUID, datetime] = {}
    for some in _past(rule, region_id, since, until):
        tried.looked += len(some)
        tried.total = max(tried.total, tried.looked)
        _judge(rule, facts, some, tried, last)
        yield tried
    yield tried


def _past(rule: Written, region_id: int, since: datetime, until: datetime) -> Iterator[Sequence[Subject]]:
    kind = event_kind(rule.event)
    if rule.after_hours is None:
        yield from kind.past(region_id, since, until)
        return
    yield from _due(kind.past(region_id, since - timedelta(hours=rule.after_hours), until), rule, since, until)


def _due(past: Iterator[Sequence[Subject]], rule: Written, since: datetime, until: datetime) -> Iterator[list[Subject]]:
    """The moments at which the time would have been over: so long after an event that no other one followed."""
    wait = timedelta(hours=rule.after_hours or 0)
    newest: dict[UUID, Subject] = {}
    over: list[Subject] = []
    for some in past:
        for subject in some:
            before = newest.get(subject.contact_id)
            if before is not None and subject.at - before.at >= wait:
                over.append(_at(before, before.at + wait))
            newest[subject.contact_id] = subject
    over += [_at(subject, subject.at + wait) for subject in newest.values() if subject.at + wait <= until]
    ordered = iter(sorted((one for one in over if one.at >= since), key=lambda one: one.at))
    while some := list(islice(ordered, RulesPolicy.current().batch)):
        yield some


def _at(subject: Subject, at: datetime) -> Subject:
    return Subject(subject.contact_id, at, subject.conversation_id)


def _judge(
    rule: Written, facts: dict[str, Fact], some: Sequence[Subject], tried: Tried, last: dict[UUID, datetime]
) -> None:
    cooldown = timedelta(hours=rule.cooldown_hours)
    for frozen in freeze(some, rule.asked, facts):
        subject = frozen.subject
        if rule.conditions is not None and not holds(rule.conditions, frozen, facts):
            continue
        before = last.get(subject.contact_id)
        if cooldown and before is not None and subject.at - before < cooldown:
            continue
        last[subject.contact_id] = subject.at
        tried.fired += 1
        tried.people.add(subject.contact_id)
        tried.found.append(subject)
