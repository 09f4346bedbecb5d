"""Looking at what was added to the log, once and in order: from where the last look ended to where it is complete."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from security.access import accesses_of
from security.behaviour.bursts import Burst, bursts
from security.behaviour.matching import PEOPLE, Line, Watched, fitting, is_about, lines_of, lines_wanted
from security.behaviour.versions import Version, versions_between
from security.behaviour.zones import zones_of
from security.models import BehaviourAlarm, BehaviourRule, Operation, User

LINES_AT_ONCE = 5_000
# A window longer than this many lines of one person is cut to its newest: a threshold of lines may not be above it.
LINES_A_WINDOW = 20_000
# Lines bear the time at which they were made and are numbered when they are written: an order may differ by as much as
# one transaction lasts.
_ORDER_DIFFERS_BY = timedelta(minutes=10)
Found = list[tuple[BehaviourRule, Burst]]


def next_lines(after: int, upto: int) -> tuple[list[Line], int]:
    """The next lines of people above ``after``, and how far that goes."""
    rows = Operation.objects.filter(id__gt=after, id__lte=upto, actor_kind__in=PEOPLE).order_by("id")
    lines = lines_of(rows[:LINES_AT_ONCE])
    return lines, lines[-1].id if len(lines) == LINES_AT_ONCE else upto


def found_in(new: list[Line], *, after: int, upto: int) -> Found:
    """What ``new`` lines (those above ``after``, up to ``upto``) set off, with the lines before them that count. Each
    is held against the rules as they were when it was written."""
    concerned: dict[int, list[Version]] = defaultdict(list)
    for one in versions_between(after, upto):
        within = [line for line in new if one.after < line.id <= one.upto] if one.rule.is_on else []
        for user_id in {line.user_id for line in within if is_about(one.rule, line)}:
            concerned[user_id].append(one)
    people = people_of(concerned)
    found: Found = []
    for user_id, theirs in concerned.items():
        begun = min(line.at for line in new if line.user_id == user_id)
        for one in theirs if user_id in people else ():
            found += _of_one(one.rule, people[user_id], begun, after=one.after, upto=one.upto)
    return found


def people_of(ids: Iterable[int]) -> dict[int, Watched]:
    accesses = accesses_of(list(User.objects.filter(pk__in=list(ids))))
    zones = zones_of(accesses)
    return {pk: Watched(access, zones[pk]) for pk, access in accesses.items()}


def _of_one(rule: BehaviourRule, person: Watched, begun: datetime, *, after: int, upto: int) -> Found:
    """At most one: the first burst; while its alarm waits for a decision no other is raised."""
    last = BehaviourAlarm.objects.filter(rule=rule, person_id=person.access.user_id).order_by("-raised_at").first()
    if last is not None and last.state == "open":
        return []
    since = begun - timedelta(minutes=rule.window_minutes)
    rows = Operation.objects.filter(
        lines_wanted(rule), actor_id=str(person.access.user_id), at__gt=since, id__gt=_last_before(since), id__lte=upto
    )
    if last is not None:
        rows = rows.filter(id__gt=last.seen_upto)
    lines = lines_of(rows.order_by("-id")[:LINES_A_WINDOW])
    counting = fitting(rule, lines, {person.access.user_id: person})
    first = next(bursts(rule, counting, after=after), None)
    return [] if first is None else [(rule, first)]


def _last_before(moment: datetime) -> int:
    """An id below those of all lines since ``moment``: the index of people has no time, and must not be read whole."""
    row = Operation.objects.filter(at__lt=moment - _ORDER_DIFFERS_BY).order_by("-at").values_list("id", flat=True)
    return row.first() or 0
