"""Why a rule fired in a conversation, or why it did not: each event of its kind with the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.actions.rule_runs import cooling
from contacts.actions.rules import version_of
from contacts.conditions.facts import Subject, facts_of
from contacts.conditions.freezing import freeze
from contacts.conditions.judging import judge
from contacts.models import Contact, Rule, RuleRun
from contacts.rules.book import Written, written_of
from contacts.rules.events import event_kind
from security.access import Access
from security.encryption.keyring import KeyGone
from security.encryption.sealing import Unreadable

_WHY = "why a rule did what it did"
_EVENTS = 10


@dataclass(frozen=True)
class Why:
    """``came``: fired, failed, undone; or why not: ``conditions``, ``cooldown``, ``off``, ``before`` (it was not on
    then, or has been changed since), ``time`` (it waits for its moment). ``of_today``: the verdict is of today, since
    nothing was kept of it then."""

    at: datetime
    came: str
    verdict: dict[str, Any]
    run_id: str | None
    version: int | None
    of_today: bool


def explained(*, access: Access, rule_id: UUID, conversation_id: UUID, contact_id: UUID) -> list[Why]:
    """``conversation_id`` and its contact were opened for the reader by the caller."""
    rule: Rule = Rule.objects.visible_to(access).get_or_404(rule_id)
    Contact.objects.visible_to(access).get_or_404(contact_id)
    version = version_of(rule)
    written = written_of(version)
    runs = _runs(rule, conversation_id, contact_id)
    told = [_told(run) for run in runs.values()]
    if written.after_hours is None:
        kind = event_kind(rule_event := written.event)
        missed = [one for one in kind.newest(conversation_id, contact_id, _EVENTS) if kind.ref_of(one) not in runs]
        assert rule_event == kind.key
        told += _not_fired(rule, written, missed, version.made_at)
    return sorted(told, key=lambda one: one.at, reverse=True)[:_EVENTS]


def _runs(rule: Rule, conversation_id: UUID, contact_id: UUID) -> dict[str, RuleRun]:
    rows = RuleRun.objects.for_system(_WHY).filter(rule=rule, contact_id=contact_id).select_related("version")
    here = [row for row in rows.order_by("-fired_at")[: _EVENTS * 2] if row.conversation_id in (None, conversation_id)]
    return {row.ref: row for row in here}


def _told(run: RuleRun) -> Why:
    came = "undone" if run.undone_at is not None else run.state
    return Why(run.at, came, verdict_of(run), str(run.pk), run.version.number, of_today=False)


def verdict_of(run: RuleRun) -> dict[str, Any]:
    """Nothing once the contact's key is gone."""
    try:
        found: dict[str, Any] = run.verdict
    except (KeyGone, Unreadable):
        return {}
    return found


def _not_fired(rule: Rule, written: Written, subjects: Sequence[Subject], since: datetime) -> list[Why]:
    facts = facts_of(rule.region_id)
    told = []
    for frozen in freeze(subjects, written.asked, facts):
        subject = frozen.subject
        outcome = judge(written.conditions, frozen, facts) if written.conditions is not None else None
        verdict = outcome.as_json() if outcome is not None else {}
        if outcome is not None and not outcome.holds:
            came = "conditions"
        elif not rule.is_on or rule.paused_at is not None:
            came = "off"
        elif cooling(written, subject):
            came = "cooldown"
        else:
            came = "before" if subject.at < since else "time"
        told.append(Why(subject.at, came, verdict, None, None, of_today=True))
    return told
