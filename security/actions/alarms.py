"""Alarms: raised by a rule or by whoever notices something, followed by what the rule says, decided by an admin."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from security.access import Access, Actor
from security.actions.locks import give_back_end, give_back_to_owner, lock_account, unlock_account
from security.actions.reasons import check_reason
from security.actions.session_ends import end_sessions
from security.behaviour.shipped import called
from security.errors import AlreadyDecided, LastAdmin, NotFound, OwnAlarm, require
from security.models import AccountLock, BehaviourAlarm, BehaviourRule, Operation, User
from security.security_team import security_team, tell_security_team
from security.writing import Change, write

LINES_KEPT = 200


def raise_alarm(
    *,
    by: Actor,
    user_id: int,
    rule: BehaviourRule | None = None,
    shipped: str = "",
    lines: Sequence[int] = (),
    measured: int = 1,
    facts: Mapping[str, str | int] | None = None,
    seen_upto: int | None = None,
) -> BehaviourAlarm | None:
    """Somebody set off ``rule`` (as it was then), or the one that is called ``shipped`` (``behaviour.shipped``): tell
    the security team, and do what follows. ``None`` where the rule is off, or an alarm of it about this person waits
    for a decision already.

    ``lines``: the ids of what it is about in the log. ``facts``: codes and numbers, shown with the alarm.
    """
    with write(by=by) as change:
        chosen, user = _in_force(rule, shipped), User.objects.filter(pk=user_id).first()
        if chosen is None or user is None or _waits(chosen, user):
            return None
        alarm = BehaviourAlarm(
            rule=chosen,
            person=user,
            raised_at=timezone.now(),
            severity=chosen.severity,
            measured=measured,
            lines=list(lines)[-LINES_KEPT:],
            facts=dict(facts or {}),
            seen_upto=_newest() if seen_upto is None else seen_upto,
        )
        held = AccountLock.objects.filter(user=user, lifted_at=None).values_list("until", flat=True).first()
        alarm.done, alarm.lock = _follow(by, chosen, user)
        alarm.held_until = held if alarm.lock is not None and alarm.lock.until != held else None
        alarm.save(force_insert=True)
        change.record("alarm.raised", alarm, person=user.pk, rule=chosen.code, followed=alarm.done)
        told = {"alarm": str(alarm.pk), "severity": alarm.severity, "done": alarm.done}
        tell_security_team(change, kind="alarm.raised", about=user.pk, mailed={"alarm": str(alarm.pk)}, **told)
    return alarm


def dismiss_alarm(*, by: Access, alarm_id: UUID, comment: str) -> BehaviourAlarm:
    """It was a false alarm: what the rule locked is unlocked, what it prolonged ends at its time, and what the person
    had locked before stays so, unless another alarm holds it."""
    with write(by=by) as change:
        alarm = _open(by, alarm_id, comment)
        _settle(change, alarm, "false_alarm", by, comment)
        lock = alarm.lock
        if lock is not None and lock.lifted_at is None and not _held_by_another(alarm):
            if lock.how == "rule" and lock.was_owners:
                give_back_to_owner(change, lock, reason=comment.strip())
            elif lock.how == "rule":
                unlock_account(by=by, user=alarm.person, reason=comment)
            else:
                give_back_end(change, lock, reason=comment.strip())
    return alarm


def confirm_alarm(*, by: Access, alarm_id: UUID, comment: str) -> BehaviourAlarm:
    """It was what it looked like: what followed stays."""
    with write(by=by) as change:
        alarm = _open(by, alarm_id, comment)
        _settle(change, alarm, "confirmed", by, comment)
    return alarm


def _in_force(rule: BehaviourRule | None, shipped: str) -> BehaviourRule | None:
    """What is read from the log was set off while it held, whatever became of the rule since."""
    rows = BehaviourRule.objects.select_for_update()
    if rule is not None:
        return rule if rule.is_on and rows.filter(pk=rule.pk).exists() else None
    return rows.filter(shipped=shipped, is_on=True).first()


def _waits(rule: BehaviourRule, user: User) -> bool:
    return BehaviourAlarm.objects.filter(rule=rule, person=user, state="open").exists()


def _follow(by: Actor, rule: BehaviourRule, user: User) -> tuple[str, AccountLock | None]:
    """What was done. The last admin who can sign in is never locked: nobody could take that back."""
    reason = _("Behaviour rule: %(rule)s") % {"rule": called(rule)}
    if rule.follows == "lock":
        try:
            lock = lock_account(by=by, user=user, reason=reason, how="rule")
        except LastAdmin:
            return "spared", None
        return "locked", lock
    if rule.follows == "end_sessions":
        end_sessions(by=by, user=user, reason=reason)
        return "sessions_ended", None
    return "told", None


def _open(by: Access, alarm_id: UUID, comment: str) -> BehaviourAlarm:
    require(by.can("security.handle_alarm"))
    check_reason(comment, field="comment")
    rows = BehaviourAlarm.objects.select_for_update(of=("self",)).select_related("person", "lock", "rule")
    alarm = rows.filter(pk=alarm_id).first()
    if alarm is None:
        raise NotFound
    if alarm.person_id == by.user_id and security_team(without=by.user_id):
        raise OwnAlarm
    if alarm.state != "open":
        raise AlreadyDecided
    return alarm


def _settle(change: Change, alarm: BehaviourAlarm, state: str, by: Access, comment: str) -> None:
    """What came until now is decided with it."""
    alarm.state, alarm.comment = state, comment.strip()
    alarm.decided_at, alarm.decided_by_id = timezone.now(), by.user_id
    alarm.seen_upto = _newest()
    alarm.save(update_fields=["state", "comment", "decided_at", "decided_by", "seen_upto"])
    deed = "alarm.dismissed" if state == "false_alarm" else "alarm.confirmed"
    change.record(deed, alarm, person=alarm.person_id, rule=alarm.rule.code, reason=comment.strip())


def _held_by_another(alarm: BehaviourAlarm) -> bool:
    others = BehaviourAlarm.objects.filter(lock=alarm.lock).exclude(pk=alarm.pk)
    return others.exclude(state="false_alarm").exists()


def _newest() -> int:
    return Operation.objects.aggregate(newest=Max("id"))["newest"] or 0
