"""The rules Kefu brings (CM-1): laid out once for each region, off until somebody switches them on."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.actions.rules import lay_rule
from contacts.models import Rule, Tag
from contacts.models.tag import BOTH
from contacts.rules.shipped import RULES, TAGS, ShippedRule
from security.access import System
from security.models import Region
from security.search.folding import plain
from security.writing import Change, write

_WHY = "the rules Kefu brings"
_BY = System("shipped rules")


def lay_rules() -> int:
    """Give every region that has none the rules Kefu ships; returns how many regions those were."""
    laid = Rule.objects.for_system(_WHY).exclude(shipped="").values("region_id")
    return sum(_lay(pk) for pk in list(Region.objects.exclude(pk__in=laid).values_list("pk", flat=True)))


def _lay(region_id: int) -> bool:
    with write(by=_BY) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        if Rule.objects.for_system(_WHY).filter(region=region).exclude(shipped="").exists():
            return False
        tags = {key: _tag(region, *said) for key, said in TAGS.items()}
        for position, rule in enumerate(RULES):
            lay_rule(change, region, rule.key, _said(rule, tags), position)
        _told(change, region)
    return True


def _told(change: Change, region: Region) -> None:
    change.record("rule.laid", region)


def _tag(region: Region, name: str, colour: str) -> UUID:
    """One of that name that is there already is taken as it is."""
    rows = Tag.objects.for_system(_WHY).filter(region=region, archived_at=None, folded=plain(name))
    found = rows.values_list("pk", flat=True).first()
    if found is not None:
        return UUID(str(found))
    tag = Tag(region=region, name=name, folded=plain(name), colour=colour, scope=BOTH, created_at=timezone.now())
    tag.save(force_insert=True)
    return tag.pk


def _said(rule: ShippedRule, tags: Mapping[str, UUID]) -> dict[str, Any]:
    return {
        "name": rule.name,
        "event": rule.event,
        "after_hours": rule.after_hours,
        "conditions": _filled(rule.conditions, tags),
        "actions": _filled(rule.actions, tags),
        "cooldown_hours": rule.cooldown_hours,
        "stops": False,
    }


def _filled(part: Any, tags: Mapping[str, UUID]) -> Any:
    """``tag:key`` stands for the region's own tag."""
    if isinstance(part, str) and part.startswith("tag:"):
        return str(tags[part.removeprefix("tag:")])
    if isinstance(part, list):
        return [_filled(one, tags) for one in part]
    if isinstance(part, dict):
        return {name: _filled(one, tags) for name, one in part.items()}
    return part
