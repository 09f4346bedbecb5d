"""Switching the security tier (SE-4): at once, for good or for a period, and never so that its author is shut out."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System
from security.actions.device_confirmations import confirm_device_of
from security.actions.mails import send_mail_later
from security.actions.reasons import because
from security.errors import Conflict, Invalid, TierLocksOut, require
from security.events import AccessChanged
from security.factors import require_fresh_factor
from security.models import TierSwitch, User
from security.models.allowed_address import EVERYBODY
from security.models.tier import HOWS
from security.notifying import notify_people
from security.origin import current_origin
from security.tier_policy import BASIC, TIER_NAMES
from security.tiers.facts import facts_of, is_restricted, lasting_lists, rules_are_on, some_admin_is_ready
from security.tiers.standing import forget_standing, read_rows, standing_of
from security.tiers.table import ALLOWLIST, INSTALLATION, Facts, is_raised, lacking
from security.writing import Change, write

_BY = System("tiers that end")


def switch_tier(
    *, by: Actor, tier: str, reason: str, until: datetime | None = None, seen: str | None = None
) -> TierSwitch:
    """``until``: back to what holds without it by itself. ``seen``: the id of the switch that the author saw in force,
    empty for none; ``Conflict`` when somebody else switched since."""
    require_author(by)
    told = because(by, reason)
    now = timezone.now()
    if tier not in TIER_NAMES:
        raise Invalid(field="tier")
    if until is not None and until <= now:
        raise Invalid(field="until", message=_("This is over already."))
    with write(by=by) as change:
        before = TierSwitch.objects.select_for_update().filter(in_force=True).first()
        if seen is not None and seen != (str(before.pk) if before else ""):
            raise Conflict
        former, lasting = _holding(before, now)
        if (former, before.until if before else None) == (tier, until):
            raise Invalid(field="tier", message=_("This tier is in force already."))
        if tier != BASIC:
            check_author_meets(change, by, tier)
        row = _replace(
            change, before, tier=tier, until=until, back_to=lasting, reason=reason.strip(), how=_how(by),
            switched_by_id=by.user_id if isinstance(by, Access) else None, at=now,
        )  # fmt: skip
        period = {"until": until.isoformat()} if until else {}
        change.record("tier.switched", row, tier=[former, tier], **period, **told)
        tell_everybody(change)
        tell_admins(change, "tier.switched", tier=tier, raised=is_raised(former, tier), switch=str(row.pk))
    forget_standing()
    return row


def settle_tiers() -> bool:
    """Write down that a period is over, which counts since it is; whether one was."""
    now = timezone.now()
    with write(by=_BY) as change:
        row = TierSwitch.objects.select_for_update().filter(in_force=True, until__lte=now).first()
        if row is None:
            return False
        after = _replace(change, row, tier=row.back_to, back_to=row.back_to, how="over", at=row.until)
        change.record("tier.switched", after, tier=[row.tier, row.back_to], reason="its time was over")
        tell_everybody(change)
        tell_admins(change, "tier.switched", tier=after.tier, raised=False, switch=str(after.pk))
    forget_standing()
    return True


def require_author(by: Actor) -> None:
    """An admin with a code just given, or whoever owns the machine."""
    if isinstance(by, Access):
        require(by.level == "admin" and not by.key_name)
        require_fresh_factor(by)


def check_author_meets(change: Change, by: Actor, tier: str, *, even_unlisted: bool = False) -> None:
    """``TierLocksOut`` unless they could come in as they do now. Their device was known and a factor was just given, so
    it is confirmed with this. ``even_unlisted``: as long as nobody is restricted by address, that is no hindrance."""
    if isinstance(by, Access):
        confirm_device_of(change, by)
        facts = facts_of(by, session_id=by.session_id, address=current_origin().ip)
        lacks = lacking(tier, facts)
    else:
        lacks = lacking(tier, _of_machine(), about=(INSTALLATION,))
        if not some_admin_is_ready(tier):
            raise TierLocksOut(field="tier", remedy=_("First let an admin set up what the tier asks for."))
    if even_unlisted and not is_restricted():
        lacks = [one for one in lacks if one.name != ALLOWLIST]
    if lacks:
        raise TierLocksOut(field="tier", remedy=lacks[0].guide)


def tell_everybody(change: Change) -> None:
    """Every open tab asks anew who it is and what it may: banners, rights, and what is lacking."""
    for pk in User.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True):
        change.announce(AccessChanged.of(pk))


def tell_admins(change: Change, kind: str, **data: Any) -> None:
    admins = list(User.objects.filter(is_active=True, groups__name="admin").order_by("pk"))
    notify_people(change, to=[admin.pk for admin in admins], kind=kind, **data)
    for admin in admins:
        send_mail_later(kind=kind, user=admin, **data)


def tier_now() -> str:
    """From the database itself, for whoever writes."""
    return standing_of(read_rows()).tier


def _holding(row: TierSwitch | None, now: datetime) -> tuple[str, str]:
    """What holds by ``row``, and what does without its period."""
    if row is None:
        return BASIC, BASIC
    if row.until is None:
        return row.tier, row.tier
    return (row.back_to if row.until <= now else row.tier), row.back_to


def _replace(change: Change, before: TierSwitch | None, **columns: Any) -> TierSwitch:
    if before is not None:
        before.in_force = False
        before.save(update_fields=["in_force"])
    try:
        with transaction.atomic():
            return TierSwitch.objects.create(**columns)
    except IntegrityError:
        raise Conflict from None  # somebody else was first, at the same moment


def _how(by: Actor) -> str:
    return HOWS[0][0] if isinstance(by, Access) else HOWS[1][0]


def _of_machine() -> Facts:
    return Facts(listed=bool(lasting_lists().get(EVERYBODY)), watched=rules_are_on())
