"""When rules about time look at a contact: one row each, moved on by every event they count from."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from contacts.conditions.facts import Subject
from contacts.models import Contact, Rule, RuleDue, RuleVersion
from contacts.rules.book import Written
from security.access import System
from security.bulk import insert_many, save_many
from security.writing import write

_WHY = "rules about time"
_BY = System("rules")
_AT_ONCE = 1000


def move_due(rules: Sequence[Written], subjects: Sequence[Subject]) -> None:
    """The newest event of each contact counts; one that comes late moves nothing back."""
    newest: dict[UUID, Subject] = {}
    for subject in subjects:
        before = newest.get(subject.contact_id)
        if before is None or before.at < subject.at:
            newest[subject.contact_id] = subject
    with write(by=_BY):
        rows = RuleDue.objects.for_system(_WHY).filter(rule__in=[rule.rule_id for rule in rules])
        known = {(row.rule_id, row.contact_id): row for row in rows.filter(contact__in=list(newest)).locked()}
        fresh, moved = [], []
        for rule in rules:
            wait = timedelta(hours=rule.after_hours or 0)
            for contact_id, subject in newest.items():
                row = known.get((rule.rule_id, contact_id))
                if row is None:
                    row = RuleDue(rule_id=rule.rule_id, contact_id=contact_id)
                    fresh.append(row)
                elif row.since >= subject.at:
                    continue
                else:
                    moved.append(row)
                row.conversation_id = subject.conversation_id or row.conversation_id
                row.since, row.due_at = subject.at, subject.at + wait
        insert_many(fresh, ignoring_conflicts=True)
        save_many(moved, ["conversation_id", "since", "due_at"])


def lay_due(rule: Rule, wait: timedelta, *, after: datetime) -> int:
    """For a rule that begins: everybody whose time has not passed yet is put down, from when they were last seen.
    Whoever was silent for longer already is left alone: switching a rule on must not write to thousands at once."""
    rows = Contact.objects.for_system(_WHY).filter(region_id=rule.region_id, gone="", last_seen_at__gt=after - wait)
    rows = rows.filter(~Q(pk__in=RuleDue.objects.for_system(_WHY).filter(rule=rule).values("contact_id")))
    laid = 0
    while some := list(rows.order_by("id").values_list("pk", "last_seen_at")[:_AT_ONCE]):
        due = [RuleDue(rule=rule, contact_id=pk, since=seen, due_at=seen + wait) for pk, seen in some]
        with write(by=_BY):
            insert_many(due, ignoring_conflicts=True)
        laid += len(some)
    return laid


def forget_due(rule: Rule) -> None:
    """It is off, or counts differently from now on."""
    with write(by=_BY):
        RuleDue.objects.for_system(_WHY).filter(rule=rule).delete()


def lay_due_now(rule_id: object) -> None:
    """As a task, after the commit that switched it on."""
    rule = Rule.objects.for_system(_WHY).filter(pk=rule_id, is_on=True, archived_at=None).first()
    version = _version(rule) if rule is not None else None
    if version is not None and version.after_hours is not None and version.event == "message.received":
        lay_due(rule, timedelta(hours=version.after_hours), after=timezone.now())


def _version(rule: Rule) -> RuleVersion | None:
    found: RuleVersion | None = RuleVersion.objects.for_system(_WHY).filter(rule=rule, number=rule.current).first()
    return found
