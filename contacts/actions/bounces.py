"""Numbers to which nothing is delivered (SR-12). Apps that send tell of it; whoever writes, or gets a message, is
reachable again."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F

from contacts.models import Bounce, Contact
from security.access import Actor
from security.writing import write

_WHY = "numbers nothing is delivered to"
_AT_ONCE = 500
# (contact ids with their last failure) → those who got a message since: registered by the app that sends.
Reached = Callable[[Mapping[UUID, datetime]], Collection[UUID]]
_reached: list[Reached] = []


def register_reached(reached: Reached) -> None:
    _reached.append(reached)


def note_bounces(*, by: Actor, failures: Mapping[UUID, tuple[str, datetime]]) -> None:
    """Once more nothing could be delivered to these contacts: the code, and when."""
    with write(by=by):
        known = {row.pk: row for row in Bounce.objects.for_system(_WHY).filter(contact_id__in=list(failures))}
        rows = Contact.objects.for_system(_WHY).filter(pk__in=list(failures), gone="")
        for contact_id, region_id in list(rows.values_list("pk", "region_id")):
            code, at = failures[contact_id]
            row = known.get(contact_id)
            if row is None:
                Bounce.objects.create(contact_id=contact_id, region_id=region_id, code=code, first_at=at, last_at=at)
            elif at > row.last_at:
                Bounce.objects.for_system(_WHY).filter(pk=row.pk).update(times=F("times") + 1, last_at=at, code=code)


def forget_reached() -> int:
    """Now and then: who wrote, or got a message, since is no bounce any more; returns how many."""
    gone = 0
    heard = Bounce.objects.for_system(_WHY).filter(contact__last_seen_at__gt=F("last_at"))
    gone += heard.delete()[0]
    rows = dict(Bounce.objects.for_system(_WHY).order_by("-last_at").values_list("contact_id", "last_at")[:_AT_ONCE])
    for reached in _reached if rows else ():
        gone += Bounce.objects.for_system(_WHY).filter(contact_id__in=reached(rows)).delete()[0]
    return gone
