"""Finding what is risky in what customers write, as it comes in (TS-7). A batch without a word of the lists costs no
statement; one with a word costs a few, and who deals with it is read once however many conversations it raises."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions.risk_raising import raise_risk
from inbox.models import Conversation, Message, RiskCase, RiskMention, RiskRule, RiskTerm
from inbox.risk.people import Crew
from inbox.risk.texts import written_in
from inbox.risk.words import words_of
from security.access import System
from security.bulk import insert_many
from security.writing import Change

_WHY = "counting what was mentioned"
_BY = System("risky words")
_LONGEST = timedelta(days=30)  # no rule counts further back
LeftScopes = dict[UUID, dict[str, Any]]


def watch_for_risk(change: Change, region_id: int, messages: Iterable[Message]) -> LeftScopes:
    """Raise what the customers' ``messages`` make risky; their conversations are locked, saved, and told by the caller
    with what is returned: a trainee sees it no longer."""
    words = words_of(region_id)
    if words is None:
        return {}
    found = [mention for row in messages for mention in _mentions(row, words.found_in(_text(row)))]
    found = _still_watched(found)
    if not found:
        return {}
    insert_many(found, ignoring_conflicts=True)
    return _judge(change, region_id, {row.conversation_id: row.conversation for row in found})


def _text(row: Message) -> str:
    return written_in(row.kind, row.content) if row.direction == "in" else ""


def _mentions(row: Message, found: Iterable[Any]) -> list[RiskMention]:
    return [
        RiskMention(
            conversation=row.conversation,
            message=row,
            term_id=one.term.id,
            key_id=row.key_id,
            kind=one.term.kind,
            word=one.term.text,
            times=min(one.times, 1000),
            at=row.at,
        )
        for one in found
    ]


def _still_watched(found: list[RiskMention]) -> list[RiskMention]:
    """Without the words that were removed since this process read the lists. No query when nothing was found."""
    if not found:
        return []
    there = RiskTerm.objects.for_system(_WHY).filter(pk__in={row.term_id for row in found})
    known = set(there.values_list("pk", flat=True))
    return [row for row in found if row.term_id in known]


def _judge(change: Change, region_id: int, threads: dict[UUID, Conversation]) -> LeftScopes:
    """What goes on already gets the new words; what was mentioned often enough begins."""
    rules = {rule.kind: rule for rule in RiskRule.objects.for_system(_WHY).filter(region_id=region_id)}
    since = timezone.now() - _LONGEST
    loose = RiskMention.objects.for_system(_WHY).filter(conversation__in=list(threads), case=None, at__gte=since)
    by_thread: dict[UUID, list[RiskMention]] = defaultdict(list)
    for mention in loose.defer("word"):
        by_thread[mention.conversation_id].append(mention)
    left: LeftScopes = {}
    crew = Crew(region_id)
    for pk, mentions in by_thread.items():
        rule = _broken(rules, mentions)
        if rule is None and not threads[pk].risk_severity:
            continue
        case, moved = raise_risk(change, _BY, threads[pk], rule, crew)
        left |= moved
        _attach(case, mentions)
    return left


def _broken(rules: dict[str, RiskRule], mentions: list[RiskMention]) -> RiskRule | None:
    """The most severe rule whose number of mentions was reached within its hours, ending at the newest one; of equals
    the one with the most."""
    reached: list[tuple[int, int, RiskRule]] = []
    for kind, rule in rules.items():
        mine = [mention for mention in mentions if mention.kind == kind]
        since = max((mention.at for mention in mine), default=None)
        if since is None:
            continue
        since -= timedelta(hours=rule.window_hours)
        count = sum(mention.times for mention in mine if mention.at >= since)
        if count >= rule.mentions:
            reached.append((rule.severity, count, rule))
    return max(reached, key=lambda one: one[:2])[2] if reached else None


def _attach(case: RiskCase, mentions: list[RiskMention]) -> None:
    mine = RiskMention.objects.for_system(_WHY).filter(pk__in=[mention.pk for mention in mentions])
    mine.update(case=case)
