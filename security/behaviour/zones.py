"""By whose clock the hours of a rule go: that of a person's region, which they cannot set themselves."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from security.models import Membership, Region

_NOWHERE = "UTC"


def zones_of(ids: Collection[int]) -> dict[int, ZoneInfo]:
    """Of each person the zone of the first of their regions. Who is in none goes by the first region of the house."""
    home = Region.objects.order_by("pk").values_list("time_zone", flat=True).first() or _NOWHERE
    rows = Membership.objects.filter(user_id__in=ids).order_by("-region_id")
    first = dict(rows.values_list("user_id", "region__time_zone"))  # the last one that is written down is the first
    return {pk: ZoneInfo(first.get(pk, home)) for pk in ids}
