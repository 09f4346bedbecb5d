"""Judging what happened, after the commit: many events at a time, with the facts of all of them loaded at once."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from contacts.actions.rule_due import move_due
from contacts.actions.rule_runs import Match, fire
from contacts.conditions.facts import Subject
from contacts.conditions.freezing import freeze, freeze_each
from contacts.conditions.judging import holds, judge
from contacts.conditions.tree import Asked
from contacts.models import RuleBatch, RuleDue
from contacts.rules.book import Book, Written, book_of
from contacts.rules.happening import Waiting, unpacked
from contacts.rules.policy import RulesPolicy
from security.access import System
from security.one_by_one import each_alone
from security.writing import write

logger = logging.getLogger(__name__)
_WHY = "judging what happened"
_BY = System("rules")
_ROWS_AT_A_TIME = 100


def judge_waiting(region_id: int) -> int:
    """Everything that waits in a region; returns how often a rule fired. Safe to run twice and to be killed: a rule
    fires once for an event, and what was not judged to the end is claimed again."""
    fired = 0
    while rows := _claimed(region_id):
        for (event, depth), some in groupby(rows, key=lambda row: (row.event, row.depth)):
            fired += _judged(book_of(region_id), event, depth, list(some))
    return fired


def sweep_rules() -> int:
    """Pick up what a crash left, and the rules whose time has come."""
    stale = timezone.now() - timedelta(seconds=RulesPolicy.current().sweep_seconds)
    waiting = RuleBatch.objects.for_system(_WHY).filter(created_at__lt=stale).filter(_free(stale))
    regions = list(waiting.order_by().values_list("region_id", flat=True).distinct())
    each_alone(lambda region_id: bool(judge_waiting(region_id)), [(pk,) for pk in regions], what="rules of region")
    return judge_due()


def _free(stale: datetime) -> Q:
    return Q(claimed_at=None) | Q(claimed_at__lt=stale)


def _claimed(region_id: int) -> list[RuleBatch]:
    policy, now = RulesPolicy.current(), timezone.now()
    free = RuleBatch.objects.for_system(_WHY).filter(region_id=region_id)
    free = free.filter(_free(now - timedelta(seconds=policy.sweep_seconds)))
    chosen: list[UUID] = []
    room = policy.batch
    for row in free.order_by("id")[:_ROWS_AT_A_TIME]:
        if chosen and len(row.subjects) > room:
            break
        chosen.append(row.pk)
        room -= len(row.subjects)
    if not chosen:
        return []
    with write(by=_BY):
        free.filter(pk__in=chosen).update(claimed_at=now, attempts=F("attempts") + 1)
    mine = RuleBatch.objects.for_system(_WHY).filter(pk__in=chosen, claimed_at=now)
    return sorted(mine, key=lambda row: (row.event, row.depth, row.pk))


def _judged(book: Book, event: str, depth: int, rows: Sequence[RuleBatch]) -> int:
    waiting = [unpacked(one) for row in rows for one in row.subjects]
    fired, over = 0, [row.pk for row in rows]
    try:
        fired = judge_events(book, event, waiting, depth=depth)
    except Exception:
        logger.exception("events of region %s could not be judged", book.region_id)
        over = [row.pk for row in rows if row.attempts >= RulesPolicy.current().attempts]
    with write(by=_BY):
        RuleBatch.objects.for_system(_WHY).filter(pk__in=over).delete()
    return fired


def judge_events(book: Book, event: str, waiting: Sequence[Waiting], *, depth: int = 0) -> int:
    """``waiting``: each something of the kind ``event`` that happened, with the rules that may hold of it."""
    if later := book.later(event):
        move_due(later, [subject for subject, _which in waiting])
    rules = book.at_once(event)
    open_to = {subject: rules if which is None else _those(rules, which) for subject, which in waiting}
    fired = 0
    for frozen in freeze_each(_needs(open_to), book.facts):
        for rule in open_to[frozen.subject]:
            if rule.conditions is not None and not holds(rule.conditions, frozen, book.facts):
                continue
            outcome = judge(rule.conditions, frozen, book.facts) if rule.conditions is not None else None
            done = fire(Match(rule, book.region_id, frozen.subject, outcome, depth))
            fired += done
            if done and rule.stops:
                break
    return fired


def _those(rules: Sequence[Written], which: Sequence[UUID]) -> tuple[Written, ...]:
    wanted = frozenset(which)
    return tuple(rule for rule in rules if rule.rule_id in wanted)


def _needs(open_to: Mapping[Subject, Sequence[Written]]) -> dict[Subject, frozenset[Asked]]:
    """What must be known of each, in the order they wait."""
    asked = {rule.rule_id: rule.asked for rules in open_to.values() for rule in rules}
    return {
        subject: frozenset().union(*(asked[rule.rule_id] for rule in rules))
        for subject, rules in open_to.items()
        if rules
    }


def judge_due() -> int:
    """Rules about time whose moment has come; returns how often one fired."""
    due = RuleDue.objects.for_system(_WHY).filter(due_at__lte=timezone.now())
    rows = list(due.order_by("due_at").select_related("rule")[: RulesPolicy.current().batch])
    by_rule: dict[tuple[int, UUID], list[RuleDue]] = defaultdict(list)
    for row in rows:
        by_rule[row.rule.region_id, row.rule_id].append(row)
    fired = 0
    for (region_id, rule_id), some in by_rule.items():
        book = book_of(region_id)
        rule = next((one for one in book.rules if one.rule_id == rule_id), None)
        try:
            fired += _due_of(book, rule, some) if rule is not None else 0
        except Exception:
            logger.exception("rule %s could not be judged", rule_id)
            _put_off(some)
            continue
        with write(by=_BY):
            for row in some:  # unless it was moved on meanwhile
                RuleDue.objects.for_system(_WHY).filter(pk=row.pk, since=row.since).delete()
    return fired


def _put_off(rows: Sequence[RuleDue]) -> None:
    """They are tried again, and stand in nobody's way until then. What fired already fires no second time."""
    again = timezone.now() + timedelta(seconds=RulesPolicy.current().sweep_seconds)
    with write(by=_BY):
        RuleDue.objects.for_system(_WHY).filter(pk__in=[row.pk for row in rows]).update(due_at=again)


def _due_of(book: Book, rule: Written, rows: Sequence[RuleDue]) -> int:
    subjects = [Subject(row.contact_id, row.due_at, row.conversation_id) for row in rows]
    fired = 0
    for frozen, row in zip(freeze(subjects, rule.asked, book.facts), rows, strict=True):
        outcome = judge(rule.conditions, frozen, book.facts) if rule.conditions is not None else None
        if outcome is None or outcome.holds:
            ref = due_ref(row.contact_id, row.since)
            fired += fire(Match(rule, book.region_id, frozen.subject, outcome, ref=ref))
    return fired


def due_ref(contact_id: UUID, since: datetime) -> str:
    return f"due:{contact_id}:{since.isoformat()}"
