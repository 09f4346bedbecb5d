"""A rule fires: each of its actions once, in one transaction with the row that says so. And taking that back."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.db.models import F
from django.utils import timezone

from contacts.conditions.facts import Subject
from contacts.conditions.judging import Outcome
from contacts.consent.marketing import NOT_AGREED, STOPPED, SUPPRESSED
from contacts.models import Contact, Rule, RuleRun
from contacts.rules.actor import ByRule
from contacts.rules.book import Written, forget_rules
from contacts.rules.deeds import Firing, conversation_of, deed_kinds
from contacts.rules.errors import CannotUndo, UndoneAlready
from contacts.rules.events import event_kind
from contacts.rules.people import supervisors_of
from contacts.rules.policy import RulesPolicy
from security.access import Access, System
from security.errors import Refusal, require
from security.ids import new_id
from security.notifying import notify_people
from security.writing import Change, write

logger = logging.getLogger(__name__)
_WHY = "what rules did"
# What a customer decided, or what is so already, is no fault of the rule.
_SHRUGGED = frozenset({STOPPED, SUPPRESSED, NOT_AGREED, "no_conversation", "not_found", "locked", "no_recipient"})


@dataclass(frozen=True)
class Match:
    """A rule whose conditions hold for what happened. ``depth``: how many rules led to it."""

    rule: Written
    region_id: int
    subject: Subject
    outcome: Outcome | None
    depth: int = 0
    ref: str = ""

    @property
    def named(self) -> str:
        return self.ref or event_kind(self.rule.event).ref_of(self.subject)


def fire(match: Match) -> bool:
    """Once per rule and event; ``False`` where it did already, or leaves the contact alone for now. Where the database
    gives way (a deadlock, a lock that takes too long) nothing was done, and the caller's batch is judged again."""
    try:
        return _fire(match)
    except OperationalError:
        raise
    except Exception as error:
        logger.exception("rule %s failed", match.rule.rule_id)
        return _note_failure(match, type(error).__name__)


def _fire(match: Match) -> bool:
    rule, run_id = match.rule, new_id()
    by = ByRule(rule.name, rule_id=rule.rule_id, run_id=run_id, depth=match.depth)
    with write(by=by) as change:
        contact = _free(match)
        if contact is None:
            return False
        run = _row(match, contact, run_id)
        run.save(force_insert=True)
        talk = match.subject.conversation_id or conversation_of(contact.pk)
        firing = Firing(by, match.region_id, contact.pk, talk, match.subject.at)
        run.deeds = [_do(replace(firing, place=place), action) for place, action in enumerate(rule.actions)]
        failed = [deed["code"] for deed in run.deeds if deed["code"] and deed["code"] not in _SHRUGGED]
        run.state, run.error = ("failed", failed[0]) if failed else ("fired", "")
        run.save(update_fields=["deeds", "state", "error"])
        change.record("rule.fired", contact, rule=rule.name, run=str(run_id), code=run.error or None)
        _count(change, rule.rule_id, failed=bool(failed))
    return True


def _free(match: Match) -> Contact | None:
    """The contact, locked, where the rule may fire for it."""
    rows = Contact.objects.for_system(_WHY).filter(pk=match.subject.contact_id, gone="")
    contact: Contact | None = rows.locked().first()
    if contact is None:
        return None
    runs = RuleRun.objects.for_system(_WHY).filter(rule_id=match.rule.rule_id)
    if runs.filter(ref=match.named).exists() or cooling(match.rule, match.subject):
        return None
    return contact


def cooling(rule: Written, subject: Subject) -> bool:
    """Whether it fired for the contact too short a while before, or after: webhooks come late and in any order."""
    if not rule.cooldown_hours:
        return False
    span = timedelta(hours=rule.cooldown_hours)
    runs = RuleRun.objects.for_system(_WHY).filter(rule_id=rule.rule_id, contact_id=subject.contact_id)
    return bool(runs.filter(at__gt=subject.at - span, at__lt=subject.at + span, undone_at=None).exists())


def _row(match: Match, contact: Contact, run_id: UUID) -> RuleRun:
    return RuleRun(
        id=run_id,
        rule_id=match.rule.rule_id,
        version_id=match.rule.version_id or "",
        contact=contact,
        conversation_id=match.subject.conversation_id,
        event=match.rule.event,
        ref=match.named,
        at=match.subject.at,
        fired_at=timezone.now(),
        key_id=contact.key_id,
        verdict=match.outcome.as_json() if match.outcome is not None else {},
        state="fired",
        depth=match.depth,
    )


def _do(firing: Firing, action: Mapping[str, Any]) -> dict[str, Any]:
    """One action; what is refused leaves nothing half-done, and holds up none of the others."""
    told = {"do": action["do"], "done": None, "code": ""}
    kind = deed_kinds().get(action["do"])
    if kind is None:
        return {**told, "code": "gone"}
    try:
        with write(by=firing.by):
            told["done"] = kind.do(firing, action)
    except Refusal as refusal:
        told["code"] = refusal.code
    return told


def _note_failure(match: Match, error: str) -> bool:
    """It broke in the middle: nothing of it was done, and the run says so."""
    with write(by=System("rules")) as change:
        contact = _free(match)
        if contact is not None:
            run = _row(match, contact, new_id())
            run.state, run.error = "failed", error[:80]
            run.save(force_insert=True)
            change.record("rule.fired", contact, rule=match.rule.name, run=str(run.pk), code=run.error)
            _count(change, match.rule.rule_id, failed=True)
    return False


def _count(change: Change, rule_id: UUID, *, failed: bool) -> None:
    """A rule that keeps failing pauses itself, and whoever looks after rules is told."""
    rows = Rule.objects.for_system(_WHY).filter(pk=rule_id)
    if not failed:
        rows.filter(failures__gt=0).update(failures=0)
        return
    rows.update(failures=F("failures") + 1)
    rule: Rule | None = rows.filter(failures__gte=RulesPolicy.current().failures, paused_at=None).first()
    if rule is not None:
        rule.paused_at = timezone.now()
        rule.save(update_fields=["paused_at", "changed_at"])
        change.record("rule.paused", rule, failures=rule.failures)
        notify_people(change, to=supervisors_of(rule.region_id), kind="rule.paused", rule=str(rule.pk), name=rule.name)
        forget_rules()
        change.afterwards.setdefault(("contacts.forget_rules",), forget_rules)


def undo_run(*, by: Access, run_id: UUID) -> RuleRun:
    """Take back what a firing did, as far as nobody changed it since; each deed says what became of that."""
    require(by.can("contacts.manage_rule"))
    with write(by=by) as change:
        run: RuleRun = RuleRun.objects.visible_to(by).select_related("rule", "contact").locked().get_or_404(run_id)
        require(run.undone_at is None, UndoneAlready)
        kinds = deed_kinds()
        able = [one for one in run.deeds if one["done"] is not None and _undoing(kinds, one) is not None]
        require(able, CannotUndo)
        actor = ByRule(run.rule.name, rule_id=run.rule_id, run_id=run.pk, depth=run.depth)
        talk = run.conversation_id or conversation_of(run.contact_id)
        firing = Firing(actor, run.rule.region_id, run.contact_id, talk, run.at)
        for deed in reversed(run.deeds):
            deed["undo"] = _undone(change, by, firing, deed, kinds)
        run.undone_at, run.undone_by_id = timezone.now(), by.user_id
        run.save(update_fields=["deeds", "undone_at", "undone_by"])
        left = [one["do"] for one in run.deeds if one["undo"]]
        change.record("rule.undone", run.contact, rule=run.rule.name, run=str(run.pk), left=left)
    return run


def _undoing(kinds: Mapping[str, Any], deed: Mapping[str, Any]) -> Any:
    kind = kinds.get(deed["do"])
    return kind.undo if kind is not None else None


def _undone(change: Change, by: Access, firing: Firing, deed: Mapping[str, Any], kinds: Mapping[str, Any]) -> str:
    """A code that says why it stays, or nothing."""
    if deed["done"] is None:
        return ""
    undo = _undoing(kinds, deed)
    if undo is None:
        return "stays"
    try:
        with write(by=by):
            undo(change, by, firing, deed["done"])
    except Refusal as refusal:
        return refusal.code
    return ""
