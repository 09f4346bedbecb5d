"""What is the case, as the table asks for it: with somebody in one session, and with the installation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from security.access import Access, accesses_of
from security.factors import must_have_by_policy
from security.models import (
    AllowedAddress,
    BehaviourRule,
    BrowserSession,
    DeviceConfirmation,
    KnownDevice,
    Passkey,
    TotpFactor,
    User,
)
from security.models.allowed_address import EVERYBODY
from security.network.addresses import Network, as_network
from security.network.allowlist import Lists, group_of, lets_in
from security.tiers.table import PERSON, Facts, Requirement, lacking

_NO_SESSION = UUID(int=0)  # a look-up of None would find devices without any


@dataclass(frozen=True)
class Unready:
    """Somebody who does not meet a tier yet, and what they will be asked for."""

    user: User
    lacks: Sequence[Requirement]


def facts_of(access: Access, *, session_id: UUID | None, address: str | None = None) -> Facts:
    """One statement; ``address`` only where the allowlist and the rules are asked about as well (before a switch)."""
    session = session_id or _NO_SESSION
    device = KnownDevice.objects.filter(sessions__pk=session)
    confirmed = DeviceConfirmation.objects.filter(user=OuterRef("pk"), digest__in=device.values("digest"))
    held = (
        User.objects.filter(pk=access.user_id)
        .values_list(
            Exists(_factors(TotpFactor.objects.filter(confirmed=True))),
            Exists(_factors(Passkey.objects.all())),
            Exists(BrowserSession.objects.filter(pk=session, how="passkey")),
            Exists(confirmed.exclude(confirmed_at=None)),
        )
        .first()
    )
    app, passkey, shown, known = held or (False, False, False, False)
    asked = address is not None
    return Facts(
        factor=app or passkey,
        must_have_factor=must_have_by_policy(access),
        device=known,
        passkey=passkey,
        shown=shown,
        listed=asked and is_listed(access, str(address)),
        watched=asked and rules_are_on(),
    )


def _factors(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(user=OuterRef("pk"))


def lasting_lists() -> Lists:
    """The allowed addresses without those that end: a tier does not stand on what is gone tomorrow."""
    lists: dict[str, tuple[Network, ...]] = {}
    for group, network in AllowedAddress.objects.filter(ends_at=None).values_list("group", "network"):
        lists[group] = (*lists.get(group, ()), as_network(network))
    return lists


def is_listed(access: Access, address: str) -> bool:
    lists = lasting_lists()
    return bool(lists.get(EVERYBODY)) and lets_in(lists, group_of(access), address)


def is_restricted() -> bool:
    return AllowedAddress.objects.exists()


def rules_are_on() -> bool:
    """Those that came with Kefu; whoever wants others adds them."""
    shipped = BehaviourRule.objects.exclude(shipped="")
    return shipped.exists() and not shipped.filter(is_on=False).exists()


def unready_people(tier: str) -> list[Unready]:
    """Who would have to do something besides signing in, by name: two statements however many people there are."""
    has_factor = Q(Exists(_factors(TotpFactor.objects.filter(confirmed=True)))) | Q(
        Exists(_factors(Passkey.objects.all()))
    )
    people = User.objects.filter(is_active=True, locked_at=None).annotate(
        has_factor=has_factor, has_passkey=Exists(_factors(Passkey.objects.all()))
    )
    rows = list(people.order_by("name", "pk"))
    accesses = accesses_of(rows)
    found = []
    for row in rows:
        facts = Facts(
            factor=row.has_factor,
            must_have_factor=must_have_by_policy(accesses[row.pk]),
            passkey=row.has_passkey,
        )
        lacks = lacking(tier, facts, about=(PERSON,))
        if lacks:
            found.append(Unready(row, lacks))
    return found


def some_admin_is_ready(tier: str) -> bool:
    """Whether anybody who could switch it back could sign in without setting anything up."""
    unready = {one.user.pk for one in unready_people(tier)}
    admins = User.objects.filter(is_active=True, locked_at=None, groups__name="admin")
    return admins.exclude(pk__in=unready).exists()
