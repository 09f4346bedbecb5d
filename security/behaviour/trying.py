"""What a rule would have raised over the log as it is: nothing is written."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from security.behaviour.bursts import Burst, bursts
from security.behaviour.looking import people_of
from security.behaviour.matching import Line, fitting, lines_of, lines_wanted
from security.models import BehaviourRule, Operation

MOST_DAYS = 365
MOST_LINES = 200_000
_PAGE = 10_000


@dataclass(frozen=True)
class Trial:
    """``looked_at``: how many lines of its deeds there were. ``whole``: all of them were read; otherwise the newest."""

    days: int
    looked_at: int
    whole: bool
    bursts: list[Burst]


def try_rule(rule: BehaviourRule, *, days: int) -> Trial:
    """Over the last ``days``, as if each alarm had been decided at once; newest first."""
    days = max(1, min(days, MOST_DAYS))
    lines, whole = _lines(rule, days)
    people = people_of({line.user_id for line in lines})
    by_person: dict[int, list[Line]] = {}
    for line in fitting(rule, lines, people):
        by_person.setdefault(line.user_id, []).append(line)
    found = [burst for theirs in by_person.values() for burst in bursts(rule, theirs)]
    found.sort(key=lambda burst: burst.lines[-1].at, reverse=True)
    return Trial(days, len(lines), whole, found)


def _lines(rule: BehaviourRule, days: int) -> tuple[list[Line], bool]:
    """By time, which has an index, a page at a time."""
    if not rule.actions:
        return [], True
    since = timezone.now() - timedelta(days=days)
    rows = Operation.objects.filter(lines_wanted(rule), at__gte=since).order_by("-at", "-id")
    found: list[Line] = []
    while len(found) < MOST_LINES:
        older = rows.filter(Q(at__lt=found[-1].at) | Q(at=found[-1].at, id__lt=found[-1].id)) if found else rows
        page = lines_of(older[:_PAGE])
        found += page
        if len(page) < _PAGE:
            return found, True
    return found, False
