"""From where people and programs are let in (SE-4). Nobody can lock themselves out."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.actions.reasons import because
from security.actions.session_ends import end_sessions_outside
from security.errors import Invalid, ListWouldOpen, LocksYouOut, Missing, NotFound, TierNeedsIt, require
from security.models import AllowedAddress
from security.models.allowed_address import ADMINS, EVERYBODY, EXECUTIVES, GROUPS
from security.network.addresses import checked_network
from security.network.allowlist import forget_lists, group_of, lets_in, lets_stranger_in, read_lists, running
from security.origin import current_origin
from security.tier_policy import ADVANCED
from security.tiers.facts import lasting_lists
from security.tiers.holding import require_calm
from security.tiers.standing import in_force_by_switch
from security.writing import write

_NAME_MAX = 80


def allow_address(
    *, by: Actor, name: str, network: str, group: str, ends_at: datetime | None = None, reason: str = ""
) -> AllowedAddress:
    """``network``: CIDR or one address. The first row of a group shuts out every other address, so one with an end
    comes only beside one that stays: nothing is opened to everybody by the clock."""
    require_calm(by)
    told = because(by, reason)
    spelled = checked_network(network, field="network")
    if not name.strip():
        raise Missing(field="name")
    if len(name) > _NAME_MAX or group not in dict(GROUPS):
        raise Invalid(field="name" if group in dict(GROUPS) else "group")
    if ends_at is not None and ends_at <= timezone.now():
        raise Invalid(field="ends_at", message=_("This is over already."))
    with write(by=by) as change:
        if ends_at is not None:
            _refuse_list_that_opens(by, group)
        added_by = by.user_id if isinstance(by, Access) else None
        row = AllowedAddress(name=name.strip(), network=spelled, group=group, ends_at=ends_at, added_by_id=added_by)
        row.save(force_insert=True)
        change.record("address.allowed", row, **_facts(row), **told)
        _refuse_locking_out(by, field="network")
    forget_lists()
    return row


def disallow_address(*, by: Actor, row_id: UUID, reason: str = "") -> None:
    """Take a row away; without its last one a group is let in from anywhere everybody is."""
    require_calm(by)
    told = because(by, reason)
    with write(by=by) as change:
        row = AllowedAddress.objects.select_for_update().filter(pk=row_id).first()
        if row is None:
            raise NotFound
        change.record("address.disallowed", row, **_facts(row), **told)
        row.delete()
        _keep_what_the_tier_needs(by)
        if row.ends_at is None and running(row.group).exists():
            _refuse_list_that_opens(by, row.group)
        _refuse_locking_out(by, field=None)
        end_sessions_outside()
    forget_lists()


def allow_for_a_time(*, by: Actor, network: str, minutes: int, groups: list[str] | None = None) -> list[AllowedAddress]:
    """For whoever owns the machine: into every group that is restricted now, or into ``groups``."""
    lists = read_lists()
    ends_at = timezone.now() + timedelta(minutes=minutes)
    with write(by=by):
        return [
            allow_address(by=by, name="manage.py allow_address", network=network, group=group, ends_at=ends_at)
            for group in (groups or sorted(lists))
        ]


def _refuse_list_that_opens(by: Actor, group: str) -> None:
    """A list of which every row ends would let everybody in on the day that the last one does. The machine's owner may
    lengthen one that was left so. The executives' list lets nobody in when it is empty."""
    if group == EXECUTIVES:
        return
    rows = running(group)
    require((rows.filter(ends_at=None) if isinstance(by, Access) else rows).exists(), ListWouldOpen)


def _refuse_locking_out(by: Actor, *, field: str | None) -> None:
    """As the lists are now, within the transaction, whoever changes them must still get in where they are."""
    if not isinstance(by, Access):
        return
    lists, here = read_lists(), current_origin().ip
    if not (lets_stranger_in(lists, here) and lets_in(lists, group_of(by), here) and lets_in(lists, ADMINS, here)):
        remedy = _("First allow the address that you come from: %(ip)s.") % {"ip": here or "—"}
        raise LocksYouOut(field=field, remedy=remedy)


def _keep_what_the_tier_needs(by: Actor) -> None:
    """From the tier advanced on there are lasting addresses for everybody; an incident alone raised it without any."""
    if isinstance(by, Access) and in_force_by_switch(ADVANCED):
        require(lasting_lists().get(EVERYBODY), TierNeedsIt)


def _facts(row: AllowedAddress) -> dict[str, Any]:
    until = {"ends_at": row.ends_at.isoformat()} if row.ends_at else {}
    return {"name": row.name, "network": row.network, "group": row.group, **until}
