"""Who sees which colleagues and teams, whose requests and grants, and which lines of the operation log."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from security.access import Access, Scope, access_of
from security.levels import LEVEL_NAMES, rank
from security.models import AccessRequest, Team, TeamMembership, User
from security.streams import register_audience


def colleagues_of(access: Access) -> QuerySet[User]:
    """Active people who share a region with ``access`` (PM-3: nobody learns of other regions' people)."""
    shared = User.objects.filter(is_active=True, memberships__region_id__in=access.region_ids).distinct()
    return shared.select_related("presence").prefetch_related("groups", "memberships").order_by("name", "pk")


def teams_of(access: Access) -> QuerySet[Team]:
    """The teams of one's regions, with their active people."""
    active = TeamMembership.objects.filter(user__is_active=True)
    return Team.objects.filter(region_id__in=access.region_ids).prefetch_related(Prefetch("memberships", active))


def levels_below(access: Access) -> tuple[str, ...]:
    """The levels whose people ``access`` gives rights to: those below; an admin gives to admins too."""
    return LEVEL_NAMES if access.level == "admin" else LEVEL_NAMES[: rank(access.level)]


def people_below(access: Access) -> QuerySet[User]:
    """Whom ``access`` may give rights to: people of a shared region and a lower level."""
    if not access.can("security.give_grant"):
        return User.objects.none()
    return colleagues_of(access).filter(groups__name__in=levels_below(access)).exclude(pk=access.user_id)


def visible_requests(access: Access) -> Q:
    """One's own, and those one may decide on: of people below, for what one has oneself (PM-6)."""
    below = Q(asker__in=people_below(access).values("pk"))
    return Q(asker_id=access.user_id) | (below & (Q(permission="") | Q(permission__in=access.permissions)))


def sees_request(access: Access, scope: Scope) -> bool:
    """The same over ``{asker_id, asker_level, region_ids, permission}``."""
    if scope["asker_id"] == access.user_id:
        return True
    regions: Any = scope["region_ids"]
    return (
        access.can("security.give_grant")
        and scope["asker_level"] in levels_below(access)
        and bool(access.region_ids.intersection(regions))
        and (not scope["permission"] or access.can(str(scope["permission"])))
    )


def visible_review_items(access: Access) -> Q:
    """Drawn holdings of people one may give rights to: whoever gives can also confirm or withdraw (PM-7)."""
    if not access.can("security.review_grant"):
        return Q(pk__in=())
    return Q(holder__in=people_below(access).values("pk"))


def may_review(reviewer: Access, holder: Access) -> bool:
    """The same for two people."""
    return (
        reviewer.user_id != holder.user_id
        and reviewer.can("security.review_grant")
        and reviewer.can("security.give_grant")
        and holder.level in levels_below(reviewer)
        and bool(reviewer.region_ids & holder.region_ids)
    )


def request_scope(row: AccessRequest) -> dict[str, object]:
    asker = access_of(row.asker)
    return {
        "asker_id": row.asker_id,
        "asker_level": asker.level,
        "region_ids": sorted(asker.region_ids),
        "permission": row.permission,
    }


def visible_operations(access: Access) -> Q:
    """Lines of the reader's regions; of those that are of no region, the ones about people of their regions. Admins see
    every line (PM-8): who did what to which id, not what is in it."""
    if access.level == "admin":
        return Q()
    people = User.objects.filter(memberships__region_id__in=access.region_ids).values("pk")
    return Q(region_id__in=access.region_ids) | Q(region_id=None, about_id__in=people)


register_audience("request", sees_request)
