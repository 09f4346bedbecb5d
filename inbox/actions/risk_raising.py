"""A conversation is risky from now on, and those who deal with that are told (TS-7)."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from inbox.actions.assignments import Reason, give_to
from inbox.actions.notifications import notify
from inbox.actions.waking import end_snooze
from inbox.models import Conversation, RiskCase, RiskRule
from inbox.models.conversation import PRIORITIES
from inbox.policies import is_locked
from inbox.risk.people import Crew, Level, best_of, due_after, levels_of, next_level
from inbox.sla import DUE_FIELDS, refresh_due
from security.access import Access, Actor, access_of
from security.models import User
from security.writing import Change

_WHY = "what is risky"
_RISK = Reason("risk", ended_how="risk")
LeftScopes = dict[UUID, dict[str, Any]]


def raise_risk(
    change: Change, by: Actor, conversation: Conversation, rule: RiskRule | None, crew: Crew, *, note: str = ""
) -> tuple[RiskCase, LeftScopes]:
    """Begin a case, or make the running one as severe as ``rule`` (``None``: as it is). ``conversation`` is locked, of
    the region of ``crew``; the caller tells it."""
    running = running_case(conversation)
    if running is not None:
        _go_on(change, conversation, running, rule, note, crew)
        return running, {}
    assert rule is not None, "without a running case there is a reason to begin one"
    case = RiskCase(
        conversation=conversation,
        key_id=conversation.contact.key_id,
        kind=rule.kind,
        severity=rule.severity,
        priority_before=conversation.priority,
        raised_at=timezone.now(),
        raised_by_id=by.user_id if isinstance(by, Access) else None,
        note=note or None,
    )
    conversation.risk_severity, conversation.priority = rule.severity, PRIORITIES["urgent"]
    wake_for_risk(conversation)
    told = _begin(case, conversation, crew)
    case.save(force_insert=True)
    change.record("risk.raised", conversation, kind=case.kind, severity=case.severity, given_to=case.given_to_id)
    tell_people(change, conversation, case, told, kind="risk.raised")
    left = _move(change, by, conversation, case, crew)
    save_standing(conversation)
    return case, left


def _go_on(
    change: Change, conversation: Conversation, case: RiskCase, rule: RiskRule | None, note: str, crew: Crew
) -> None:
    """What else is found or said of what runs already: nobody's word on it is lost."""
    if note:
        case.note = "\n\n".join(filter(None, (case.note, note)))
        case.save(update_fields=["note"])
        change.record("risk.flagged", conversation, kind=rule.kind if rule is not None else case.kind)
    if rule is not None and rule.severity > case.severity:
        _worsen(change, conversation, case, rule, crew)
    elif note:
        _tell_again(change, conversation, case, crew)


def let_go_of_risk(change: Change, conversation: Conversation) -> None:
    """Whoever took what is risky in it is not there any more: it waits for somebody again, from the first level on.
    The caller holds the lock and tells the conversation."""
    case = running_case(conversation)
    if case is None or case.state != "taken":
        return
    case.state, case.taken_by_id, case.taken_at = "open", None, None
    told = _begin(case, conversation, Crew(conversation.region_id))
    case.save(update_fields=["state", "taken_by", "taken_at", "level", "due_at", "given_to"])
    change.record("risk.let_go", conversation, kind=case.kind, given_to=case.given_to_id)
    tell_people(change, conversation, case, told, kind="risk.raised")


def running_case(conversation: Conversation) -> RiskCase | None:
    if not conversation.risk_severity:
        return None
    found: RiskCase | None = RiskCase.objects.for_system(_WHY).filter(conversation=conversation, closed_at=None).first()
    return found


def wake_for_risk(conversation: Conversation) -> None:
    """Nothing risky sleeps, whatever it was told to wait for."""
    if conversation.state == "snoozed":
        end_snooze(conversation, how="risk")
        conversation.state, conversation.woken_how = "open", "risk"
        conversation.woken_at = conversation.last_activity_at = timezone.now()


def save_standing(conversation: Conversation) -> None:
    """What raising, escalating and closing change of a conversation."""
    conversation.version += 1
    refresh_due([conversation])
    conversation.save(
        update_fields=[
            "risk_severity", "priority", "state", "woken_how", "woken_at", "last_activity_at", "version", *DUE_FIELDS,
        ]
    )  # fmt: skip


def tell_people(change: Change, conversation: Conversation, case: RiskCase, level: Level | None, *, kind: str) -> None:
    """Everybody of the level at once: the first to take it has it."""
    if level is not None:
        people = [worker.id for worker in level.people]
        notify(change, to=people, kind=kind, conversation=conversation, risk=case.kind, severity=case.severity)


def _begin(case: RiskCase, conversation: Conversation, crew: Crew) -> Level | None:
    """At the first level that has anybody."""
    levels = levels_of(conversation, crew)
    at = next_level(levels, -1)
    if at is None:
        return None
    case.level, case.due_at, case.given_to_id = at, due_after(levels[at]), best_of(levels[at], crew)
    return levels[at]


def _worsen(change: Change, conversation: Conversation, case: RiskCase, rule: RiskRule, crew: Crew) -> None:
    """It is worse than those who know of it think: they are told again."""
    case.kind, case.severity = rule.kind, rule.severity
    case.save(update_fields=["kind", "severity"])
    conversation.risk_severity = rule.severity
    change.record("risk.worsened", conversation, kind=case.kind, severity=case.severity)
    _tell_again(change, conversation, case, crew)
    save_standing(conversation)


def _tell_again(change: Change, conversation: Conversation, case: RiskCase, crew: Crew) -> None:
    """Whoever has it; while nobody has, everybody of its level."""
    if case.taken_by_id is not None:
        notify(
            change, to=[case.taken_by_id], kind="risk.raised", conversation=conversation,
            risk=case.kind, severity=case.severity,
        )  # fmt: skip
    else:
        levels = levels_of(conversation, crew)
        level = levels[case.level] if case.level < len(levels) else None
        tell_people(change, conversation, case, level, kind="risk.raised")


def _move(change: Change, by: Actor, conversation: Conversation, case: RiskCase, crew: Crew) -> LeftScopes:
    """A trainee does not keep it, and what nobody has goes to the specialist at once. Whoever else has it goes on until
    a specialist takes it; a locked one stays where it is (PM-5)."""
    holder = conversation.assignee_id
    if is_locked(conversation) or (holder is not None and not _is_trainee(holder, crew)):
        return {}
    if holder == case.given_to_id:
        return {}
    given = None if case.given_to_id is None else crew.known(case.given_to_id)
    if given is not None:
        given.load += 1
    return dict(give_to(change, by, conversation, case.given_to_id, _RISK))


def _is_trainee(user_id: int, crew: Crew) -> bool:
    known = crew.known(user_id)
    return (known.access if known is not None else access_of(User.objects.get(pk=user_id))).trainee
