"""Writing down who looked at what."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from security.access import System
from security.log.lines import device_name
from security.log.subjects import Whose, whose
from security.log.viewing import View
from security.models import Operation
from security.writing import write


def record_views(views: Collection[View]) -> int:
    """One line each, but for those whose work the object is anyway."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for view in views:
        by_kind[view.kind].add(view.pk)
    places = {kind: whose(kind, ids) for kind, ids in by_kind.items()}
    lines = [line for view in views if (line := _line(view, places[view.kind])) is not None]
    if lines:
        with write(by=System("views")) as change:
            change.operations.extend(lines)
    return len(lines)


def _line(view: View, places: Mapping[str, Whose]) -> Operation | None:
    place = places.get(view.pk)
    if place is not None and view.by.user_id in place.keepers:
        return None
    return Operation(
        at=view.at,
        actor_kind=view.by.actor_kind,
        actor_id=view.by.actor_id,
        action=view.action,
        subject_kind=view.kind,
        subject_id=view.pk,
        region_id=place.region_id if place is not None else None,
        about_id=int(view.pk) if view.kind == "security.user" else None,
        ip=view.origin.ip,
        device=device_name(view.by, view.origin),
        details={"rows": view.rows} if view.rows else {},
    )
