"""Behaviour rules: laid out, changed, and looked after by a task (SE-8)."""

import re
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System
from security.actions.alarms import raise_alarm
from security.actions.reasons import because
from security.behaviour.looking import LINES_A_WINDOW, found_in, next_lines
from security.behaviour.shipped import SHIPPED
from security.behaviour.versions import spelled
from security.errors import Invalid, Missing, TierNeedsIt, require
from security.levels import DUTY_NAMES, LEVEL_NAMES
from security.log.horizon import settled_upto
from security.models import BehaviourCursor, BehaviourRule, Operation
from security.models.behaviour import FOLLOWS, MEASURES, MOST_COUNTED, MOST_MINUTES, SEVERITIES, WATCHES
from security.security_team import tell_security_team
from security.tier_policy import ENTERPRISE
from security.tiers.standing import in_force_by_switch
from security.writing import Change, write

_BY = System("behaviour rules")
_PATIENCE_SECONDS = 2.0
_MOST_DEEDS, _NAME_MAX, _LAST_HOUR = 40, 80, 24
# A deed by its name, or all of a subject. It is compared, never run as a pattern.
_DEED = re.compile(r"[a-z][a-z_]{0,29}\.(\*|[a-z][a-z_]{0,29})")
FIELDS = (
    "name", "is_on", "watches", "watched", "actions", "measure", "threshold", "window_minutes", "from_hour",
    "until_hour", "days", "severity", "follows",
)  # fmt: skip


def lay_out_rules(*, by: Actor) -> None:
    """Write the shipped rules that are not there yet, and where looking begins. Safe to run at every start."""
    with write(by=by):
        BehaviourCursor.objects.get_or_create(pk=1, defaults={"upto": _newest()})
        there = set(BehaviourRule.objects.exclude(shipped="").values_list("shipped", flat=True))
        for shipped, values in SHIPPED.items():
            if shipped not in there:
                BehaviourRule.objects.create(shipped=shipped, **values)


def let_rules_only_tell(*, by: Actor) -> None:
    """For a world that programs have filled, or in which they work as fast as many people (the demo, load worlds):
    nobody is locked, and what is in the log already is nobody's fault."""
    with write(by=by):
        lay_out_rules(by=by)
        BehaviourRule.objects.exclude(shipped="").update(follows="tell")
        BehaviourCursor.objects.update(upto=_newest())


def save_rule(*, by: Access, rule: BehaviourRule, reason: str) -> BehaviourRule:
    """Add ``rule``, or save what was changed on it; the log has before and after."""
    require(by.can("security.handle_alarm"))
    told = because(by, reason)
    check_rule(rule)
    with write(by=by) as change:
        before = BehaviourRule.objects.select_for_update().filter(pk=rule.pk).first() if rule.pk else None
        if rule.shipped and not rule.is_on:
            require(not in_force_by_switch(ENTERPRISE), TierNeedsIt)
        rule.save()
        if before is None:
            change.record("behaviour.added", rule, rule=rule.code, **told)
            _tell(change, by, rule)
            return rule
        said = {name: (getattr(before, name), getattr(rule, name)) for name in FIELDS}
        changed = {name: pair for name, pair in said.items() if pair[0] != pair[1]}
        if changed:
            change.record("behaviour.changed", rule, rule=rule.code, **spelled(changed), **told)
            _tell(change, by, rule)
    return rule


def _tell(change: Change, by: Access, rule: BehaviourRule) -> None:
    """Everybody else who decides on alarms: whoever is watched may be the one who changes what is watched."""
    tell_security_team(change, kind="behaviour.changed", about=by.user_id, rule=str(rule.pk))


def check_rule(rule: BehaviourRule) -> None:
    """``Invalid``, naming the field, for what is beyond the bounds or does not fit together."""
    if not rule.name.strip() and not rule.shipped:
        raise Missing(field="name")
    sound = {
        "name": len(rule.name) <= _NAME_MAX,
        "watches": rule.watches in dict(WATCHES),
        "measure": rule.measure in dict(MEASURES),
        "severity": rule.severity in dict(SEVERITIES),
        "follows": rule.follows in dict(FOLLOWS),
        "threshold": _within(rule.threshold, 1, LINES_A_WINDOW if rule.measure == "lines" else MOST_COUNTED),
        "window_minutes": _within(rule.window_minutes, 1, MOST_MINUTES),
        "days": isinstance(rule.days, list) and all(_within(day, 0, 6) for day in rule.days),
    }
    for field, holds in sound.items():
        if not holds:
            raise Invalid(field=field)
    _check_hours(rule)
    _check_watched(rule)
    _check_actions(rule)


def watch_behaviour(*, patience: float = _PATIENCE_SECONDS) -> int:
    """Look at every line that came and is certainly complete; returns how many alarms were raised. Where looking has
    come to moves in the same transaction as its alarms: a crash between lines loses none and doubles none."""
    upto = settled_upto(patience=patience)
    if upto is None:
        return 0
    cursor, _made = BehaviourCursor.objects.get_or_create(pk=1, defaults={"upto": upto})
    after, raised = cursor.upto, 0
    while after < upto:
        lines, until = next_lines(after, upto)
        found = found_in(lines, after=after, upto=until)
        with write(by=_BY):
            if not BehaviourCursor.objects.filter(pk=1, upto=after).update(upto=until):
                return raised  # another worker was faster
            for rule, burst in found:
                ids = [line.id for line in burst.lines]
                alarm = raise_alarm(
                    by=_BY, rule=rule, user_id=burst.user_id, lines=ids, measured=burst.measured, seen_upto=until
                )
                raised += alarm is not None
        after = until
    return raised + watch_behaviour(patience=patience) if raised else 0  # what followed is in the log as well


def looked_upto() -> int:
    return BehaviourCursor.objects.filter(pk=1).values_list("upto", flat=True).first() or 0


def _newest() -> int:
    return Operation.objects.aggregate(newest=Max("id"))["newest"] or 0


def _check_hours(rule: BehaviourRule) -> None:
    if (rule.from_hour is None) != (rule.until_hour is None):
        raise Missing(field="from_hour" if rule.from_hour is None else "until_hour")
    if rule.from_hour is not None and not _within(rule.from_hour, 0, _LAST_HOUR - 1):
        raise Invalid(field="from_hour")
    if rule.until_hour is not None and (
        not _within(rule.until_hour, 0, _LAST_HOUR) or rule.until_hour == rule.from_hour
    ):
        raise Invalid(field="until_hour")


def _check_watched(rule: BehaviourRule) -> None:
    among = {"level": LEVEL_NAMES, "duty": DUTY_NAMES}.get(rule.watches)
    if among is None:
        rule.watched = ""
    elif rule.watched not in among:
        raise Invalid(field="watched")


def _check_actions(rule: BehaviourRule) -> None:
    deeds = rule.actions
    if not isinstance(deeds, list) or len(deeds) > _MOST_DEEDS:
        raise Invalid(field="actions")
    if not deeds and not rule.shipped:
        raise Missing(field="actions")
    odd = [deed for deed in deeds if not isinstance(deed, str) or _DEED.fullmatch(deed) is None]
    if odd:
        words = _("“%(deed)s” is no deed. Write contact.viewed for one, or policy.* for all of a subject.")
        raise Invalid(field="actions", message=words % {"deed": str(odd[0])[:60]})


def _within(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
