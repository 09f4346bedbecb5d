"""What was promised to customers is counted in a region's own time: it follows the region to another time zone."""

from typing import TYPE_CHECKING

from inbox.sla import forget_terms

if TYPE_CHECKING:
    from security.models import Region
    from security.writing import Change


def follow(change: "Change", region: "Region") -> None:
    from inbox.tasks import refresh_promises  # tasks import actions

    change.enqueue(refresh_promises, region.pk)
    forget_terms()
