"""How well the scheme of permissions fits (PM-10): which are used by those who have them, which are asked for in vain,
and what to change. Targets are policy: 85 % used, 5 % refused."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from security.access import Access, access_of
from security.access_shapes import PersonBriefShape
from security.levels import LEVEL_NAMES, public_name, rank, rights
from security.models import PermissionUse, SecurityPolicy
from security.policies import colleagues_of

_NAMED = 20  # people a proposal names


@dataclass(frozen=True)
class ProposalShape:
    """``kind``: narrow (holders who never use it could lose it), withhold (too few use it: its level could be raised),
    grant (few are refused it: give it to them), widen (a whole level is refused it: lower its level to ``level``)."""

    kind: str
    level: str
    people: list[PersonBriefShape]


@dataclass(frozen=True)
class PermissionHealthShape:
    """``usage`` and ``errors`` are shares from 0 to 1; ``null`` where there is nothing to divide by, ``usage`` also
    where nothing counts as a use. ``judged``: it has been measured for long enough to say what is low and high."""

    permission: str
    holders: int
    users: int
    used: int
    refused: int
    usage: float | None
    errors: float | None
    judged: bool
    usage_low: bool
    errors_high: bool
    proposals: list[ProposalShape]


@dataclass
class _Counts:
    used: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    refused: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def permission_health(access: Access) -> list[PermissionHealthShape]:
    """Of every permission, over the colleagues of ``access``: those of other regions are nobody's business (PM-3)."""
    people = {user.pk: access_of(user) for user in colleagues_of(access)}
    counts = _counted(set(people))
    judged = measured_days() >= SecurityPolicy.current().health_after_days
    return [_health(name, people, counts[name], judged=judged) for name in sorted(rights(), key=public_name)]


def measured_days() -> int:
    """For how many days the use of permissions has been counted."""
    first = PermissionUse.objects.order_by("day").values_list("day", flat=True).first()
    return 0 if first is None else (timezone.now().date() - first).days


def _counted(user_ids: set[int]) -> dict[str, _Counts]:
    since = timezone.now().date() - timedelta(days=SecurityPolicy.current().health_days)
    rows = PermissionUse.objects.filter(user__in=user_ids, day__gte=since).values_list("permission", "user_id")
    found: dict[str, _Counts] = defaultdict(_Counts)
    for name, user_id, used, refused in rows.annotate(Sum("used"), Sum("refused")):
        if used:
            found[name].used[user_id] = used
        if refused:
            found[name].refused[user_id] = refused
    return found


def _health(name: str, people: dict[int, Access], counts: _Counts, *, judged: bool) -> PermissionHealthShape:
    policy = SecurityPolicy.current()
    holders = {pk for pk, one in people.items() if one.can(name)}
    users = holders & counts.used.keys()
    used, refused = sum(counts.used.values()), sum(counts.refused.values())
    usage = len(users) / len(holders) if holders and rights()[name].measured else None
    errors = refused / (used + refused) if used + refused else None
    low = judged and usage is not None and usage * 100 < policy.usage_target_percent
    high = judged and errors is not None and errors * 100 > policy.error_target_percent
    proposals = _narrowing(people, holders - users, used) if low else []
    proposals += _widening(name, people, set(counts.refused)) if high else []
    return PermissionHealthShape(
        permission=public_name(name),
        holders=len(holders),
        users=len(users),
        used=used,
        refused=refused,
        usage=usage,
        errors=errors,
        judged=judged,
        usage_low=low,
        errors_high=high,
        proposals=proposals,
    )


def _narrowing(people: dict[int, Access], idle: set[int], used: int) -> list[ProposalShape]:
    """A level of which nobody used it does not need it; elsewhere single people do not."""
    kind = "narrow" if used else "withhold"
    return [ProposalShape(kind, "", _briefs(people, idle))] if idle else []


def _widening(name: str, people: dict[int, Access], refused: set[int]) -> list[ProposalShape]:
    """Most of a level hits the wall: the level lacks it. Some do: they lack it."""
    lowest = rank(rights()[name].lowest)
    proposals, single = [], set(refused)
    for level in reversed(LEVEL_NAMES[:lowest]):
        members = {pk for pk, one in people.items() if one.level == level}
        if members and len(members & refused) * 2 > len(members) and len(members) > 1:
            proposals.append(ProposalShape("widen", level, _briefs(people, members & refused)))
            single -= members
    if single:
        proposals.append(ProposalShape("grant", "", _briefs(people, single)))
    return proposals


def _briefs(people: dict[int, Access], ids: set[int]) -> list[PersonBriefShape]:
    named = sorted((people[pk].name, pk) for pk in ids if pk in people)
    return [PersonBriefShape(id=pk, name=name) for name, pk in named[:_NAMED]]
