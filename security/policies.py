"""Who sees which colleagues and teams."""

from django.db.models import Prefetch, QuerySet

from security.access import Access
from security.models import Team, TeamMembership, User


def colleagues_of(access: Access) -> QuerySet[User]:
    """Active people who share a region with ``access`` (PM-3: nobody learns of other regions' people)."""
    shared = User.objects.filter(is_active=True, memberships__region_id__in=access.region_ids).distinct()
    return shared.select_related("presence").prefetch_related("groups", "memberships").order_by("name", "pk")


def teams_of(access: Access) -> QuerySet[Team]:
    """The teams of one's regions, with their active people."""
    active = TeamMembership.objects.filter(user__is_active=True)
    return Team.objects.filter(region_id__in=access.region_ids).prefetch_related(Prefetch("memberships", active))
