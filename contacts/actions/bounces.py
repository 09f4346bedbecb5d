"""Numbers to which nothing is delivered (SR-12). Apps that send tell of it; whoever writes, or gets a message, is
reachable again."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from contacts.models import Bounce, Contact
from security.access import Actor
from security.bulk import insert_many
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
        rows = Contact.objects.for_system(_WHY).filter(pk__in=list(failures), gone="").order_by("pk")
        places = list(rows.values_list("pk", "region_id"))
        fresh = [_none_yet(pk, region_id, *failures[pk]) for pk, region_id in places]
        insert_many(fresh, ignoring_conflicts=True)  # statuses of another number of ours may note the same just now
        for contact_id, _region in places:
            code, at = failures[contact_id]
            row = Bounce.objects.for_system(_WHY).filter(Q(times=0) | Q(last_at__lt=at), pk=contact_id)
            row.update(times=F("times") + 1, last_at=at, code=code)


def _none_yet(contact_id: UUID, region_id: int, code: str, at: datetime) -> Bounce:
    return Bounce(contact_id=contact_id, region_id=region_id, code=code, times=0, first_at=at, last_at=at)


def forget_reached() -> int:
    """Now and then: who wrote, or got a message, since is no bounce any more; returns how many."""
    gone = 0
    heard = Bounce.objects.for_system(_WHY).filter(contact__last_seen_at__gt=F("last_at"))
    gone += heard.delete()[0]
    for rows in _pages():
        for reached in _reached:
            gone += Bounce.objects.for_system(_WHY).filter(contact_id__in=reached(rows)).delete()[0]
    return gone


def _pages() -> Iterator[dict[UUID, datetime]]:
    """All of them, with when it failed last."""
    rows = Bounce.objects.for_system(_WHY).order_by("pk").values_list("pk", "last_at")
    after: UUID | None = None
    while page := dict((rows if after is None else rows.filter(pk__gt=after))[:_AT_ONCE]):
        yield page
        after = max(page)
