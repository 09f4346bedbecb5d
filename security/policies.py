"""Who sees which colleagues."""

from django.db.models import QuerySet

from security.access import Access
from security.models import User


def colleagues_of(access: Access) -> QuerySet[User]:
    """Active people who share a region with ``access`` (PM-3: nobody learns of other regions' people)."""
    shared = User.objects.filter(is_active=True, memberships__region_id__in=access.region_ids).distinct()
    return shared.prefetch_related("groups", "memberships").order_by("name", "pk")
