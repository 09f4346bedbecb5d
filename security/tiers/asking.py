"""Sessions that were there before the tier rose: what they lack, and from when on they are asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from security.access import Access
from security.account_errors import TierUnmet
from security.tier_policy import BASIC
from security.tiers.facts import facts_of
from security.tiers.standing import standing
from security.tiers.table import PERSON, SESSION, Requirement, lacking


@dataclass(frozen=True)
class Asked:
    """``until``: the end of the time they have; after it ``now`` is true."""

    lacks: Sequence[Requirement] = ()
    until: datetime | None = None

    @property
    def now(self) -> bool:
        return bool(self.lacks) and (self.until is None or self.until <= timezone.now())


def asked_of(access: Access) -> Asked:
    """Costs nothing in the basic tier, whose second factor is asked for at signing in alone. A key follows the allowed
    addresses only."""
    holds = standing()
    if holds.tier == BASIC or access.key_name or access.session_id is None:
        return Asked()
    facts = facts_of(access, session_id=access.session_id)
    return Asked(lacking(holds.tier, facts, about=(PERSON, SESSION)), holds.grace_until)


def require_tier(access: Access) -> None:
    """Raise ``TierUnmet`` once the time to meet the tier is over."""
    asked = asked_of(access)
    if asked.now:
        first = asked.lacks[0]
        raise TierUnmet(field=first.name, remedy=first.guide)
