"""Writing rules, switching them on and off, and going back to what they were."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.rule_due import forget_due
from contacts.conditions.facts import facts_of
from contacts.conditions.tree import parse
from contacts.models import Rule, RuleVersion
from contacts.models.rule import NAME_MAX
from contacts.rules.book import forget_rules
from contacts.rules.deeds import checked_actions
from contacts.rules.errors import RuleChanged, TooManyRules
from contacts.rules.events import event_kinds
from contacts.rules.policy import RulesPolicy
from security.access import Access, Actor
from security.errors import Invalid, Missing, NotFound, require
from security.models import Region
from security.writing import Change, write

_WHY = "the rules of a region"
_LONGEST_HOURS = 24 * 730


@dataclass(frozen=True)
class Draft:
    """What somebody wrote, not looked at yet."""

    name: str
    event: str
    actions: Any
    conditions: Any = None
    after_hours: int | None = None
    cooldown_hours: int = 0
    stops: bool = False


def checked(draft: Draft, region_id: int) -> dict[str, Any]:
    """What a version holds; refused with the field that is wrong."""
    name = draft.name.strip()
    if not name:
        raise Missing(field="name")
    if len(name) > NAME_MAX:
        raise Invalid(field="name", message=_("At most %(most)s characters.") % {"most": NAME_MAX})
    kind = event_kinds().get(draft.event)
    if kind is None:
        raise Invalid(field="event")
    _refuse_odd_hours(draft)
    conditions = None
    if draft.conditions is not None:
        carried = {"contact"} if draft.after_hours is not None else kind.carries
        facts = facts_of(region_id, about=carried | ({"conversation"} & kind.carries))
        conditions = parse(draft.conditions, facts, region_id=region_id).as_json()
    return {
        "name": name,
        "event": draft.event,
        "after_hours": draft.after_hours,
        "conditions": conditions,
        "actions": checked_actions(draft.actions, region_id, most=RulesPolicy.current().actions_most),
        "cooldown_hours": draft.cooldown_hours,
        "stops": draft.stops,
    }


def _refuse_odd_hours(draft: Draft) -> None:
    for field, value, low in (("after_hours", draft.after_hours, 1), ("cooldown_hours", draft.cooldown_hours, 0)):
        if value is not None and not low <= value <= _LONGEST_HOURS:
            limits = {"low": low, "high": _LONGEST_HOURS}
            raise Invalid(field=field, message=_("Between %(low)s and %(high)s.") % limits)


def make_rule(*, by: Access, region_id: int, draft: Draft) -> Rule:
    """A new one is off until somebody switches it on."""
    require(by.can("contacts.manage_rule"))
    if region_id not in by.region_ids:
        raise NotFound(field="region")
    said = checked(draft, region_id)
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        rules = Rule.objects.for_system(_WHY).filter(region=region)
        require(rules.filter(archived_at=None).count() < RulesPolicy.current().rules_most, TooManyRules)
        last = rules.aggregate(last=Max("position"))["last"]
        rule = Rule(region=region, name=said["name"], position=0 if last is None else last + 1)
        rule.save(force_insert=True)
        _write_version(by, rule, said)
        change.record("rule.made", rule, name=rule.name)
        _forget_after(change)
    return rule


def change_rule(*, by: Access, rule_id: UUID, draft: Draft, seen: int | None = None) -> Rule:
    """Its next version; firings so far keep naming theirs. ``seen``: refused when there is a newer one already."""
    with write(by=by) as change:
        rule = _theirs(by, rule_id)
        require(seen is None or seen == rule.current, RuleChanged)
        said = checked(draft, rule.region_id)
        if said == said_by(version_of(rule)):
            return rule
        _next_version(change, by, rule, said)
    return rule


def restore_version(*, by: Access, rule_id: UUID, number: int) -> Rule:
    """What it said then is what it says now, as a new version."""
    with write(by=by) as change:
        rule = _theirs(by, rule_id)
        past = _versions(rule).filter(number=number).first()
        if past is None:
            raise NotFound(field="number")
        said = said_by(past)
        draft = Draft(**{**said, "actions": list(said["actions"])})
        _next_version(change, by, rule, checked(draft, rule.region_id), restored=number)
    return rule


def switch_rule(*, by: Access, rule_id: UUID, to: str) -> Rule:
    """``to``: on or off. On also ends the pause of one that kept failing."""
    if to not in ("on", "off"):
        raise Invalid(field="to")
    with write(by=by) as change:
        rule = _theirs(by, rule_id)
        on = to == "on"
        if rule.is_on == on and rule.paused_at is None:
            return rule
        if on:  # a tag it puts on may be gone by now
            said = said_by(version_of(rule))
            checked(Draft(**{**said, "actions": list(said["actions"])}), rule.region_id)
        rule.is_on, rule.paused_at, rule.failures = on, None, 0
        rule.save()
        change.record("rule.switched", rule, to=to, name=rule.name)
        _begin_or_end(change, rule)
    return rule


def order_rules(*, by: Access, region_id: int, ids: Sequence[UUID]) -> None:
    """Judged in this order from now on; what is not named comes after."""
    require(by.can("contacts.manage_rule"))
    if region_id not in by.region_ids:
        raise NotFound(field="region")
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        rows = {row.pk: row for row in Rule.objects.for_system(_WHY).filter(region=region, archived_at=None)}
        if unknown := [pk for pk in ids if pk not in rows]:
            raise NotFound(field=f"ids.{list(ids).index(unknown[0])}")
        rest = sorted((row for pk, row in rows.items() if pk not in set(ids)), key=lambda row: row.position)
        for position, row in enumerate([*(rows[pk] for pk in dict.fromkeys(ids)), *rest]):
            if row.position != position:
                Rule.objects.for_system(_WHY).filter(pk=row.pk).update(position=position)
        change.record("rule.ordered", region)
        _forget_after(change)


def delete_rule(*, by: Access, rule_id: UUID) -> None:
    """Out of the list, with its firings kept."""
    with write(by=by) as change:
        rule = _theirs(by, rule_id)
        rule.is_on, rule.archived_at = False, timezone.now()
        rule.save()
        change.record("rule.deleted", rule, name=rule.name)
        _begin_or_end(change, rule)


def _versions(rule: Rule) -> Any:
    return RuleVersion.objects.for_system(_WHY).filter(rule=rule)


def version_of(rule: Rule) -> RuleVersion:
    found: RuleVersion = _versions(rule).get(number=rule.current)
    return found


def said_by(version: RuleVersion) -> dict[str, Any]:
    names = ("name", "event", "after_hours", "conditions", "actions", "cooldown_hours", "stops")
    return {name: getattr(version, name) for name in names}


def lay_rule(change: Change, region: Region, shipped: str, said: Mapping[str, Any], position: int) -> Rule:
    """One that Kefu brings: off."""
    rule = Rule(region=region, name=said["name"], shipped=shipped, position=position)
    rule.save(force_insert=True)
    _write_version(change.by, rule, said)
    return rule


def _theirs(by: Access, rule_id: UUID) -> Rule:
    require(by.can("contacts.manage_rule"))
    rule: Rule = Rule.objects.visible_to(by).filter(archived_at=None).locked().get_or_404(rule_id)
    return rule


def _next_version(
    change: Change, by: Access, rule: Rule, said: Mapping[str, Any], *, restored: int | None = None
) -> None:
    rule.current = _versions(rule).aggregate(last=Max("number"))["last"] + 1
    rule.name, rule.failures = said["name"], 0
    rule.save()
    _write_version(by, rule, said)
    change.record("rule.changed", rule, version=rule.current, restored=restored, name=rule.name)
    _begin_or_end(change, rule)


def _write_version(by: Actor, rule: Rule, said: Mapping[str, Any]) -> None:
    who = by.user_id if isinstance(by, Access) else None
    RuleVersion(rule=rule, number=rule.current, made_by_id=who, made_at=timezone.now(), **said).save(force_insert=True)


def _begin_or_end(change: Change, rule: Rule) -> None:
    """A rule about time counts anew from what it says now."""
    from contacts.tasks import lay_due_rows  # tasks import actions

    forget_due(rule)
    if rule.is_on:
        change.enqueue(lay_due_rows, str(rule.pk))
    _forget_after(change)


def _forget_after(change: Change) -> None:
    """This process knows at once, also what another thread reads until the commit; the others within seconds."""
    forget_rules()
    change.afterwards.setdefault(("contacts.forget_rules",), forget_rules)


def trial_from(days: int) -> timedelta:
    most = RulesPolicy.current().trial_days
    if not 1 <= days <= most:
        raise Invalid(field="days", message=_("Between %(low)s and %(high)s.") % {"low": 1, "high": most})
    return timedelta(days=days)
