"""Which lines of the log a rule is about: the same in SQL, to read few, and line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from security.access import Access
from security.models import BehaviourRule, Operation

ALL_OF = ".*"
PEOPLE = ("person", "key")
ROWS = "rows"  # the detail of a line that says how many rows an export or a change was about


@dataclass(frozen=True)
class Watched:
    """Somebody whose lines are looked at: what they are now, and by which clock their hours go."""

    access: Access
    zone: ZoneInfo


@dataclass(frozen=True)
class Line:
    """What rules look at. ``rows``: how many it is about; one where it does not say."""

    id: int
    at: datetime
    is_key: bool
    user_id: int
    action: str
    rows: int


def lines_of(rows: QuerySet[Operation]) -> list[Line]:
    """As they come, one for each; what is no person's is user 0's, whom there is not."""
    found = rows.values_list("id", "at", "actor_kind", "actor_id", "action", f"details__{ROWS}")
    return [
        Line(pk, at, kind == "key", int(actor) if actor.isdecimal() else 0, action, _counted(told))
        for pk, at, kind, actor, action, told in found
    ]


def lines_wanted(rule: BehaviourRule) -> Q:
    """The deeds of ``rule``, by whoever."""
    whole = [deed for deed in rule.actions if not deed.endswith(ALL_OF)]
    wanted = Q(action__in=whole)
    for deed in rule.actions:
        if deed.endswith(ALL_OF):
            wanted |= Q(action__startswith=deed.removesuffix("*"))
    return wanted & Q(actor_kind__in=("key",) if rule.watches == "keys" else PEOPLE)


def is_about(rule: BehaviourRule, line: Line) -> bool:
    """The same, of one line."""
    if rule.watches == "keys" and not line.is_key:
        return False
    subject = line.action.partition(".")[0]
    return line.action in rule.actions or f"{subject}{ALL_OF}" in rule.actions


def is_watched(rule: BehaviourRule, access: Access) -> bool:
    """Whether somebody is among those whom ``rule`` watches, by what they are now."""
    if rule.watches == "level":
        return access.level == rule.watched
    return rule.watches != "duty" or rule.watched in access.duties


def is_time(rule: BehaviourRule, line: Line, zone: ZoneInfo) -> bool:
    """Whether it was done at an hour and on a day of the rule, in ``zone``. From 22 until 6 goes over
    midnight and belongs to the day on which it began."""
    if rule.from_hour is None or rule.until_hour is None:
        return not rule.days or line.at.astimezone(zone).weekday() in rule.days
    here = line.at.astimezone(zone)
    over_midnight = rule.until_hour <= rule.from_hour
    early = over_midnight and here.hour < rule.until_hour
    day = (here.weekday() - 1) % 7 if early else here.weekday()
    late = here.hour >= rule.from_hour and (over_midnight or here.hour < rule.until_hour)
    return (early or late) and (not rule.days or day in rule.days)


def fitting(rule: BehaviourRule, lines: list[Line], people: Mapping[int, Watched]) -> list[Line]:
    """Those of ``lines`` that count for ``rule``, in the order of their time."""
    watched = {pk: one.zone for pk, one in people.items() if is_watched(rule, one.access)}
    counting = [
        line
        for line in lines
        if line.user_id in watched and is_about(rule, line) and is_time(rule, line, watched[line.user_id])
    ]
    return sorted(counting, key=lambda line: (line.at, line.id))


def _counted(told: Any) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) and told >= 0 else 1
