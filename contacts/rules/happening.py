"""How a write says that something happened that rules may wait for: one row for all of one kind, judged after the
commit. Where no rule waits, or none can hold, nothing is written."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.conditions.facts import Subject
from contacts.models import RuleBatch, RuleRun
from contacts.rules.actor import ByRule
from contacts.rules.book import Book, book_of
from contacts.rules.policy import RulesPolicy
from contacts.rules.sieve import AtHand, sieve_of, sift
from security.writing import Change

logger = logging.getLogger(__name__)
_WHY = "what set off what"
_NOTHING = AtHand(lambda fact: None)
# A subject, and the rules that may hold of it; ``None``: all.
Waiting = tuple[Subject, Sequence[UUID] | None]


def tell_rules(
    change: Change, event: str, region_id: int, subjects: Sequence[Subject], hand: AtHand = _NOTHING
) -> None:
    """``subjects``: to whom, where and when, with the ids that the event's kind names; ``hand``: what the caller knows
    of them anyway."""
    book = book_of(region_id)
    if not subjects or event not in book.events:
        return
    by = change.by
    depth, cause = (by.depth + 1, by.run_id) if isinstance(by, ByRule) else (0, None)
    if depth and depth > RulesPolicy.current().depth:
        RuleRun.objects.for_system(_WHY).filter(pk=cause).update(cut=True)
        return
    waiting = _that_may_hold(book, event, subjects, hand)
    if not waiting:
        return
    RuleBatch(
        region_id=region_id,
        event=event,
        subjects=[packed(one) for one in waiting],
        depth=depth,
        cause=cause,
        created_at=timezone.now(),
    ).save(force_insert=True)
    from contacts.tasks import run_rules  # tasks import actions

    change.enqueue(run_rules, region_id)


def _that_may_hold(book: Book, event: str, subjects: Sequence[Subject], hand: AtHand) -> list[Waiting]:
    """Rules about time wait from every event, so each of them is kept where there is one. What cannot be sifted is
    judged whole: rules must not hold up what happened."""
    try:
        sieve = sieve_of(book, event)
        places = sift(sieve, subjects, hand) if sieve.rules else [()] * len(subjects)
    except Exception:
        logger.exception("what happened in region %s could not be sifted", book.region_id)
        return [(subject, None) for subject in subjects]
    all_wait = bool(book.later(event))
    return [
        (subject, [sieve.rules[place].rule_id for place in some])
        for subject, some in zip(subjects, places, strict=True)
        if some or all_wait
    ]


def packed(waiting: Waiting) -> list[Any]:
    subject, rules = waiting
    talk = str(subject.conversation_id) if subject.conversation_id is not None else None
    which = None if rules is None else [str(one) for one in rules]
    return [str(subject.contact_id), talk, subject.at.isoformat(), dict(subject.about), which]


def unpacked(row: list[Any]) -> Waiting:
    contact_id, talk, at, about, *rest = row
    subject = Subject(
        UUID(contact_id),
        datetime.fromisoformat(at),
        UUID(talk) if talk is not None else None,
        tuple(sorted(about.items())),
    )
    which = rest[0] if rest else None
    return subject, None if which is None else [UUID(one) for one in which]
