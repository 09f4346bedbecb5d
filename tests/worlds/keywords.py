"""What customers of a region write about: a term that was counted, is followed and has risen."""

from datetime import date, timedelta

from django.utils import timezone

from inbox.actions.keyword_words import add_term
from inbox.models import KeywordCount, KeywordDay, KeywordFollower, KeywordRise, KeywordTerm
from security.access import access_of
from security.models import Region, User

_LAST = timedelta(days=1)


def keyword_rows(region: Region, person: User, *, text: str) -> KeywordTerm:
    """A baseline of eight days in which hardly anybody wrote it, and yesterday, in which many did."""
    term = add_term(by=access_of(person), region_id=region.pk, text=text)
    yesterday = timezone.now().date() - _LAST
    for back in range(9):
        _day(term, yesterday - timedelta(days=back), found=1 if back else 40)
    KeywordFollower.objects.create(term=term, person=person, since=timezone.now())
    KeywordRise.objects.create(
        term=term, began_on=yesterday, last_on=yesterday, conversations=40, of=50, expected=1.0, told_at=timezone.now()
    )
    return term


def _day(term: KeywordTerm, on: date, *, found: int) -> None:
    KeywordDay.objects.for_system("the world has days").update_or_create(
        region_id=term.region_id,
        on=on,
        defaults={"messages": 60, "conversations": 50, "least": 3, "counted_at": timezone.now()},
    )
    KeywordCount.objects.create(region_id=term.region_id, term=term, on=on, messages=found, conversations=found)
