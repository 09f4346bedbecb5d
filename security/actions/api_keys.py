"""Keys for programs (SE-6): made, rotated, revoked, and their owners reminded before they end."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor, System
from security.actions.reasons import because
from security.errors import Invalid, KeyOver, KeyRotated, Missing, NotAllowed, NotFound, TooManyKeys, require
from security.factors import require_fresh_factor
from security.levels import named
from security.models import ApiKey, KeyPolicy, User
from security.network.addresses import checked_networks
from security.whereabouts import place_of
from security.writing import write

MAKE = "security.make_key"
NAME_MAX = 80
_USE_NOTED_EVERY = timedelta(minutes=1)
_BY = System("API keys")


def make_key(
    *,
    by: Access,
    name: str,
    permissions: Sequence[str],
    region_ids: Sequence[int],
    addresses: Sequence[str] = (),
    days: int,
) -> tuple[ApiKey, str]:
    """A new key of one's own and its secret, which is told this once. ``permissions``: as the client spells them."""
    _require_maker(by)
    require_fresh_factor(by)
    if not name.strip():
        raise Missing(field="name")
    longest = KeyPolicy.current().key_days
    if not 1 <= days <= longest:
        raise Invalid(field="days", message=_("Between 1 and %(n)s days.") % {"n": longest})
    given = _own_permissions(by, permissions)
    where = _own_regions(by, region_ids)
    networks = checked_networks(addresses, field="addresses")
    with write(by=by) as change:
        owner = User.objects.select_for_update().get(pk=by.user_id)
        _refuse_too_many(owner)
        row, secret = _made(owner, name.strip(), given, where, networks, days)
        change.record("person.key_made", owner, **_facts(row))
    return row, secret


def rotate_key(*, by: Access, key_id: UUID) -> tuple[ApiKey, str]:
    """A successor with the same limits, for as long as the old one was made for (the policy's days at most). The old
    one goes on for the policy's days, or until its own end."""
    _require_maker(by)
    policy, now = KeyPolicy.current(), timezone.now()
    with write(by=by) as change:
        owner = User.objects.select_for_update().get(pk=by.user_id)
        old = _own(by, key_id)
        require(not old.has_ended(now), KeyOver)
        require(not old.is_succeeded(now), KeyRotated)
        _refuse_too_many(owner, but=old)
        limits = _limits(old, by)
        row, secret = _made(owner, old.name, *limits, old.addresses, _span(old))
        over = now + timedelta(days=policy.overlap_days)
        old.successor, old.expiry = row, min(old.expiry or over, over)
        old.save(update_fields=["successor", "expiry"])
        change.record("person.key_rotated", old.user, predecessor=str(old), old_ends=_iso(old), **_facts(row))
    return row, secret


def revoke_own_key(*, by: Access, key_id: UUID) -> None:
    """From the next call on the program is a stranger. Also for an owner who may make none any more."""
    require(not by.key_name, NotAllowed)
    with write(by=by) as change:
        row = _own(by, key_id)
        if row.revoked_at is None:
            _end(row)
            change.record("person.key_revoked", row.user, key=str(row))


def revoke_key(*, by: Actor, digest: str, reason: str) -> None:
    """The same to anybody's key, by an admin."""
    told = because(by, reason)
    with write(by=by) as change:
        key = ApiKey.objects.select_for_update(of=("self",)).select_related("user").filter(digest=digest).first()
        if key is None:
            raise NotFound
        if key.revoked_at is None:
            _end(key)
            change.record("person.key_revoked", key.user, key=str(key), **told)


def note_key_use(*, key: ApiKey, address: str) -> None:
    """When and from where it was last used, written once a minute at most."""
    now = timezone.now()
    if key.last_used_at is not None and now - key.last_used_at < _USE_NOTED_EVERY:
        return
    before = Q(last_used_at=None) | Q(last_used_at__lte=now - _USE_NOTED_EVERY)
    country = place_of(address).country
    with write(by=_BY):
        used = ApiKey.objects.filter(before, pk=key.pk)
        used.update(last_used_at=now, last_used_ip=address, last_used_country=country)


def _require_maker(by: Access) -> None:
    """A key makes no keys."""
    require(by.can(MAKE) and not by.key_name, NotAllowed)


def _own_permissions(by: Access, spelled: Sequence[str]) -> list[str]:
    """A part of what the maker may do themselves."""
    if not spelled:
        raise Missing(field="permissions")
    found = {named(one) for one in spelled}
    if not found <= by.permissions - {MAKE}:
        raise Invalid(field="permissions", message=_("A key can be given nothing that you may not do yourself."))
    return sorted(found)


def _own_regions(by: Access, wanted: Sequence[int]) -> list[int]:
    if not wanted:
        raise Missing(field="regions")
    if not by.region_ids.issuperset(wanted):
        raise NotFound(field="regions")
    return sorted(set(wanted))


def _limits(old: ApiKey, by: Access) -> tuple[list[str], list[int]]:
    """A key without limits, as the demo world's, is followed by one that says what its owner may do."""
    permissions = old.permissions if old.permissions is not None else sorted(by.permissions - {MAKE})
    return permissions, old.region_ids if old.region_ids is not None else sorted(by.region_ids)


def _span(old: ApiKey) -> int:
    """The days its maker chose. A key that was followed once ends early; that successor, over by now, has its span."""
    whole = old.successor or old
    longest = KeyPolicy.current().key_days
    if whole.expiry is None:
        return longest
    return max(1, min(longest, round((whole.expiry - whole.created) / timedelta(days=1))))


def _refuse_too_many(owner: User, *, but: ApiKey | None = None) -> None:
    running = ApiKey.objects.filter(Q(expiry=None) | Q(expiry__gt=timezone.now()), user=owner, revoked_at=None)
    running = running.exclude(pk=but.pk) if but is not None else running
    require(running.count() < KeyPolicy.current().keys_most, TooManyKeys)


def _made(
    owner: User, name: str, permissions: list[str], region_ids: list[int], addresses: list[str], days: int
) -> tuple[ApiKey, str]:
    limits: dict[str, Any] = {"permissions": permissions, "region_ids": region_ids, "addresses": addresses}
    told = next((stage for stage in KeyPolicy.current().reminders if days <= stage), None)
    row, secret = ApiKey.objects.create(
        owner, expiry=timedelta(days=days), name=name[:NAME_MAX], reminded_days=told, **limits
    )
    return row, str(secret)


def _own(by: Access, key_id: UUID) -> ApiKey:
    """One's own key, for whoever gave a code lately (PM-9); another's does not exist, code or not."""
    rows = ApiKey.objects.select_for_update(of=("self",)).select_related("user", "successor")
    row = rows.filter(public_id=key_id, user_id=by.user_id).first()
    if row is None:
        raise NotFound
    require_fresh_factor(by)
    return row


def _end(row: ApiKey) -> None:
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])


def _iso(row: ApiKey) -> str | None:
    return row.expiry.isoformat() if isinstance(row.expiry, datetime) else None


def _facts(row: ApiKey) -> dict[str, Any]:
    """For the operation log: never the secret, of which no more is known than its beginning."""
    return {
        "key": str(row),
        "permissions": row.permissions,
        "regions": row.region_ids,
        "addresses": row.addresses,
        "ends": _iso(row),
    }
