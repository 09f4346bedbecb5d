"""Who sees which colleagues, and which lines of the operation log."""

from django.db.models import Q, QuerySet

from security.access import Access
from security.models import User


def colleagues_of(access: Access) -> QuerySet[User]:
    """Active people who share a region with ``access`` (PM-3: nobody learns of other regions' people)."""
    shared = User.objects.filter(is_active=True, memberships__region_id__in=access.region_ids).distinct()
    return shared.prefetch_related("groups", "memberships").order_by("name", "pk")


def visible_operations(access: Access) -> Q:
    """Lines of the reader's regions; of those that are of no region, the ones about people of their regions. Admins see
    every line (PM-8): who did what to which id, not what is in it."""
    if access.level == "admin":
        return Q()
    people = User.objects.filter(memberships__region_id__in=access.region_ids).values("pk")
    return Q(region_id__in=access.region_ids) | Q(region_id=None, about_id__in=people)
