"""Who is there: said by every server process for the tabs connected to it, and forgotten by itself."""

from collections.abc import Collection

from django.utils import timezone

from security.access import System
from security.events import PersonChanged
from security.models import Membership, Presence, SecurityPolicy, User
from security.writing import Change, write

_BY = System("presence")


def attend(user_ids: Collection[int]) -> None:
    """These people have a tab open right now. Colleagues are told of those who were not there before."""
    now = timezone.now()
    rows = Presence.objects.filter(user_id__in=user_ids)
    came = set(user_ids) - set(rows.filter(is_here=True).values_list("user_id", flat=True))
    rows.filter(seen_at__lt=now).update(seen_at=now)
    if came:
        with write(by=_BY) as change:
            fresh = [Presence(user_id=pk, seen_at=now, is_here=False) for pk in sorted(came)]
            Presence.objects.bulk_create(fresh, ignore_conflicts=True)
            # Guarded: of two processes that greet the same person only one tells.
            told = [pk for pk in sorted(came) if _turn(pk, here=True)]
            _tell(change, told)


def settle_absences() -> int:
    """Tell colleagues of those who are not there any more. Returns how many left."""
    limit = timezone.now() - SecurityPolicy.current().silence
    gone = list(
        Presence.objects.filter(is_here=True, seen_at__lt=limit).order_by("user_id").values_list("user_id", flat=True)
    )
    if not gone:
        return 0
    with write(by=_BY) as change:
        left = [
            pk for pk in gone if Presence.objects.filter(pk=pk, is_here=True, seen_at__lt=limit).update(is_here=False)
        ]
        _tell(change, left)
    return len(left)


def _turn(user_id: int, *, here: bool) -> bool:
    now = timezone.now()
    return bool(Presence.objects.filter(pk=user_id, is_here=not here).update(is_here=here, seen_at=now))


def _tell(change: Change, user_ids: Collection[int]) -> None:
    people = User.objects.in_bulk(list(user_ids))
    for user_id, region_id in Membership.objects.filter(user_id__in=people).values_list("user_id", "region_id"):
        change.announce(PersonChanged.of(people[user_id], region_id))
