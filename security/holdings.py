"""Who holds what that is high-risk, and which of it a quarter's review draws (PM-7). Pure but for reading."""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from security.access import Access, access_of
from security.levels import permissions_of, rights
from security.models import DutyHolding, Grant, User


@dataclass(frozen=True, order=True)
class Holding:
    """``kind``: permission (by the level), duty, or grant (for a time)."""

    kind: str
    name: str
    holder_id: int
    grant_id: UUID | None = None


def everybody() -> dict[int, Access]:
    """Every active person, by id."""
    return {user.pk: access_of(user) for user in User.objects.filter(is_active=True)}


def high_risk_holdings(people: Mapping[int, Access]) -> list[Holding]:
    """Every high-risk permission each of ``people`` has by their level, every duty, and every running grant of a duty
    or of such a permission; sorted."""
    risky = {name for name, right in rights().items() if right.high_risk}
    found = []
    for access in people.values():
        by_level = permissions_of(access.level, trainee=access.trainee) & access.permissions
        found += [Holding("permission", name, access.user_id) for name in by_level & risky]
    duties = DutyHolding.objects.filter(user__in=people).values_list("duty", "user_id")
    found += [Holding("duty", duty, user_id) for duty, user_id in duties]
    running = Grant.objects.filter(user__in=people, ended_at=None, ends_at__gt=timezone.now())
    for grant in running:
        if grant.duty or grant.permission in risky:
            found.append(Holding("grant", grant.permission or grant.duty, grant.user_id, grant.pk))
    return sorted(found, key=str)


def drawn(holdings: Iterable[Holding], *, seed: str, percent: int) -> list[Holding]:
    """A share of each kind and name (at least one of each), by the order of a keyed hash: the same seed draws the same,
    and who wants to be left out cannot arrange it."""
    strata: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in holdings:
        strata[holding.kind, holding.name].append(holding)
    chosen = []
    for members in strata.values():
        count = math.ceil(len(members) * percent / 100)
        chosen += sorted(members, key=lambda one: _place(seed, one))[:count]
    return sorted(chosen, key=str)


def _place(seed: str, holding: Holding) -> str:
    line = f"{seed}|{holding.kind}|{holding.name}|{holding.holder_id}|{holding.grant_id}"
    return hashlib.sha256(line.encode()).hexdigest()
