"""Who looks after the rules of a region."""

from security.access import accesses_of
from security.models import User


def supervisors_of(region_id: int) -> list[int]:
    people = list(User.objects.filter(is_active=True, memberships__region_id=region_id).order_by("pk"))
    return [pk for pk, access in accesses_of(people).items() if access.can("contacts.manage_rule")]
