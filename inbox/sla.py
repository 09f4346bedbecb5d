"""When what customers were promised is due: worked out whenever a conversation changes, and kept on it."""

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from inbox.hours import Hours
from inbox.models import Case, Conversation, Holiday, InboxPolicy, ServiceHours, SlaPolicy
from security.models import Region
from security.policy import FRESH_FOR_SECONDS

_WHY = "what customers were promised"
DUE_FIELDS = ("due_at", "risk_at", "watch_at", "due_for")
_known: dict[int, tuple[float, "Terms | None"]] = {}


@dataclass(frozen=True)
class Terms:
    """What a region promises, and its service hours."""

    hours: Hours
    promises: tuple[SlaPolicy, ...]

    def promise_for(self, row: Conversation) -> SlaPolicy | None:
        """The most particular one: of its channel before of its priority."""
        fitting = [
            one
            for one in self.promises
            if one.channel_id in (None, row.channel_id) and one.priority in (None, row.priority)
        ]
        return max(fitting, key=lambda one: (one.channel_id is not None, one.priority is not None), default=None)


@dataclass(frozen=True)
class Due:
    due_for: str
    at: datetime
    risk_at: datetime


def terms_of(region_id: int) -> Terms | None:
    """At most a few seconds old, like policies: every message asks. ``None``: nothing is promised."""
    read_at, terms = _known.get(region_id, (0.0, None))
    if region_id not in _known or time.monotonic() - read_at > FRESH_FOR_SECONDS:
        terms = _read(region_id)
        _known[region_id] = (time.monotonic(), terms)
    return terms


def forget_terms() -> None:
    """Drop what this process knows (after a change, and between tests)."""
    _known.clear()


def refresh_due(conversations: Iterable[Conversation]) -> None:
    """Set ``DUE_FIELDS`` of changed, locked rows; the caller saves them. What stays due is not told again."""
    rows = list(conversations)
    terms = {region_id: terms_of(region_id) for region_id in {row.region_id for row in rows}}
    cases = _running_cases([row for row in rows if row.state == "open" and terms[row.region_id]])
    for row in rows:
        here = terms[row.region_id]
        due = _next(row, here, cases.get(row.pk)) if here and row.state == "open" else None
        before = (row.due_at, row.due_for)
        row.due_at, row.due_for = (due.at, due.due_for) if due else (None, "")
        if (row.due_at, row.due_for) != before:
            row.risk_at = row.watch_at = due.risk_at if due else None


def _next(row: Conversation, terms: Terms, case: Case | None) -> Due | None:
    """Of all that is promised what is due first."""
    promise = terms.promise_for(row)
    if promise is None:
        return None
    hours = terms.hours if promise.within_hours else Hours(terms.hours.zone)
    found = []
    if row.waiting_since is not None:
        kind = "next" if case is not None and case.first_reply_at is not None else "first"
        minutes = promise.next_minutes if kind == "next" else promise.first_minutes
        if minutes is not None:
            found.append(_due(kind, hours, row.waiting_since, timedelta(minutes=minutes)))
    if case is not None and promise.resolution_hours is not None:
        found.append(_due("resolution", hours, case.opened_at, timedelta(hours=promise.resolution_hours)))
    return min(found, key=lambda due: due.at, default=None)


def _due(kind: str, hours: Hours, since: datetime, length: timedelta) -> Due:
    part = InboxPolicy.current().sla_near_percent / 100
    return Due(kind, hours.after(since, length), hours.after(since, length * part))


def _running_cases(rows: list[Conversation]) -> dict[UUID, Case]:
    if not rows:
        return {}
    wanted = {row.pk: row.case_count for row in rows}
    cases = Case.objects.for_system(_WHY).filter(conversation__in=rows, number__in=set(wanted.values()))
    return {case.conversation_id: case for case in cases if case.number == wanted[case.conversation_id]}


def _read(region_id: int) -> Terms | None:
    promises = tuple(SlaPolicy.objects.for_system(_WHY).filter(region_id=region_id))
    if not promises:
        return None
    return Terms(hours_of(region_id), promises)


def hours_of(region_id: int) -> Hours:
    """A region's service hours and holidays, in its own time."""
    spans = defaultdict(list)
    for span in ServiceHours.objects.for_system(_WHY).filter(region_id=region_id):
        spans[span.weekday].append((span.opens, span.closes))
    closed = Holiday.objects.for_system(_WHY).filter(region_id=region_id).values_list("on", flat=True)
    zone = ZoneInfo(Region.objects.values_list("time_zone", flat=True).get(pk=region_id))
    by_weekday = {weekday: tuple(sorted(some)) for weekday, some in spans.items()}
    return Hours(zone, by_weekday, frozenset(closed))
