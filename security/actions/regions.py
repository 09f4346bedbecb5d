"""A region's name and time zone. What hangs on them upstairs registers itself."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from security.access import Actor
from security.actions.people import checked_time_zone
from security.errors import Invalid, Missing, NotFound
from security.events import AccessChanged
from security.models import Membership, Region
from security.writing import Change, write

_NAME_MAX = 80
_followers: list[Callable[[Change, Region], None]] = []


def follow_regions(follower: Callable[[Change, Region], None]) -> None:
    """``follower`` is called in the write that changed a region's time zone."""
    _followers.append(follower)


def change_region(*, by: Actor, region_id: int, name: str, time_zone: str) -> Region:
    """Rename it, or move it to another time zone; open tabs of its people learn of it."""
    wanted = {"name": _checked_name(name), "time_zone": checked_time_zone(time_zone)}
    with write(by=by) as change:
        region = Region.objects.select_for_update().filter(pk=region_id).first()
        if region is None:
            raise NotFound
        told = {key: [getattr(region, key), value] for key, value in wanted.items() if getattr(region, key) != value}
        if not told:
            return region
        region.name, region.time_zone = wanted["name"], wanted["time_zone"]
        region.save(update_fields=["name", "time_zone"])
        change.record("region.changed", region, **told)
        for user_id in Membership.objects.filter(region=region).order_by("user_id").values_list("user_id", flat=True):
            change.announce(AccessChanged.of(user_id))
        if "time_zone" in told:
            for follower in _followers:
                follower(change, region)
    return region


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise Missing(field="name")
    if len(name) > _NAME_MAX:
        raise Invalid(field="name", message=_("At most %(n)s characters.") % {"n": _NAME_MAX})
    return name
