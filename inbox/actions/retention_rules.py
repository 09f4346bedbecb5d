"""How long a region keeps what (CM-8). What makes it shorter begins later, and the security team hears of it: what was
deleted does not come back."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from contacts.models import PrivacyPolicy
from inbox.models import RetentionRule
from security.access import Access
from security.actions.reasons import because
from security.errors import Invalid, NotAllowed, NotFound, require
from security.factors import require_fresh_factor
from security.models import Region
from security.security_team import tell_security_team
from security.writing import write

_WHY = "retention"
_DAYS = ("message_days", "file_days", "webhook_days")


def set_retention(
    *,
    by: Access,
    region_id: int,
    message_days: int | None,
    file_days: int | None,
    webhook_days: int | None,
    active: bool,
    reason: str,
) -> RetentionRule:
    """``None``: for ever (raw webhooks: as the inbox policy says)."""
    require(by.level == "admin", NotAllowed)
    told = because(by, reason)
    require_fresh_factor(by)
    if message_days is not None and file_days is not None and file_days > message_days:
        raise Invalid(field="file_days")
    wanted = {"message_days": message_days, "file_days": file_days, "webhook_days": webhook_days, "active": active}
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).filter(pk=region_id).first()
        if region is None or region.pk not in by.region_ids:
            raise NotFound
        rule = RetentionRule.objects.for_system(_WHY).filter(region=region).first() or RetentionRule(region=region)
        if _shortens(rule, wanted):
            rule.begins_at = timezone.now() + timedelta(hours=PrivacyPolicy.current().retention_wait_hours)
        said = {name: [getattr(rule, name), value] for name, value in wanted.items() if getattr(rule, name) != value}
        for name, value in wanted.items():
            setattr(rule, name, value)
        rule.save()
        change.record("retention.set", region, **said, **told)
        tell_security_team(change, kind="retention.set", about=by.user_id, region=region.name, region_id=region.pk)
    return rule


def _shortens(rule: RetentionRule, wanted: dict[str, Any]) -> bool:
    """Whether something is deleted by it that would have stayed."""
    if not wanted["active"]:
        return False
    longest = 10**9
    shorter = any((wanted[name] or longest) < (getattr(rule, name) or longest) for name in _DAYS)
    return shorter or not rule.active
