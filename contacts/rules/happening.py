"""How a write says that something happened that rules may wait for: one row for all of one kind, judged after the
commit. Where no rule waits, nothing is written."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.conditions.facts import Subject
from contacts.models import RuleBatch, RuleRun
from contacts.rules.actor import ByRule
from contacts.rules.book import book_of
from contacts.rules.policy import RulesPolicy
from security.writing import Change

_WHY = "what set off what"


def tell_rules(change: Change, event: str, region_id: int, subjects: Sequence[Subject]) -> None:
    """``subjects``: to whom, where and when, with the ids that the event's kind names."""
    if not subjects or event not in book_of(region_id).events:
        return
    by = change.by
    depth, cause = (by.depth + 1, by.run_id) if isinstance(by, ByRule) else (0, None)
    if depth > RulesPolicy.current().depth:
        RuleRun.objects.for_system(_WHY).filter(pk=cause).update(cut=True)
        return
    RuleBatch(
        region_id=region_id,
        event=event,
        subjects=[packed(subject) for subject in subjects],
        depth=depth,
        cause=cause,
        created_at=timezone.now(),
    ).save(force_insert=True)
    from contacts.tasks import run_rules  # tasks import actions

    change.enqueue(run_rules, region_id)


def packed(subject: Subject) -> list[Any]:
    talk = str(subject.conversation_id) if subject.conversation_id is not None else None
    return [str(subject.contact_id), talk, subject.at.isoformat(), dict(subject.about)]


def unpacked(row: list[Any]) -> Subject:
    contact_id, talk, at, about = row
    return Subject(
        UUID(contact_id),
        datetime.fromisoformat(at),
        UUID(talk) if talk is not None else None,
        tuple(sorted(about.items())),
    )
