"""Counting what customers wrote about on a day: its counts are replaced as a whole, so that it can be done again."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from inbox.actions.keyword_rises import tell_rises
from inbox.keywords.counting import Tallied, Tally, is_little, tally
from inbox.keywords.events import KeywordsChanged
from inbox.keywords.policy import KeywordPolicy
from inbox.models import KeywordCount, KeywordDay, KeywordTerm
from security.access import System
from security.bulk import insert_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import shared_key
from security.models import Region
from security.writing import write

_BY = System("keywords")
TERM = "keyword"  # kind of digest, and purpose of the key
_WHY = "counting what customers write about"
_CLAIMED_FOR = timedelta(hours=1)  # whoever has not counted it by then does not any more
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def count_due() -> int:
    """Count every day of every region that is over and was not counted yet, as far back as it matters; returns how many
    those were."""
    return sum(count_days(region, days=_reach()) for region in Region.objects.order_by("pk"))


def count_days(region: Region, *, days: int) -> int:
    """Those of the last ``days`` that nobody counted, the oldest first, so that what becomes known as a term is counted
    from then on. Of a run that ends early all days that were done stay."""
    today = timezone.now().astimezone(ZoneInfo(region.time_zone)).date()
    wanted = [today - timedelta(days=back) for back in range(days, 0, -1)]
    done = _counted(region.pk, since=wanted[0])
    counted = 0
    learnt = wanted[0] - _DAY
    for on in wanted:
        if on in done or not _claim(region.pk, on):
            continue
        if on > learnt:
            learnt = min(on + _WEEK - _DAY, wanted[-1])
            _learn(region, learnt)
        _count(region, on)
        counted += 1
    if counted and wanted[-1] not in done:
        tell_rises(region, on=wanted[-1])
    return counted


def _learn(region: Region, until: date) -> None:
    """Where a day alone is too little for a term to be written by enough people, a week is looked at."""
    since = until - _WEEK + _DAY
    if not is_little(region, since):
        return
    read, least = tally(region, since, until=until), KeywordPolicy.current().least_customers
    with write(by=_BY):
        _known_or_made(region.pk, {key: one for key, one in read.terms.items() if one.customers >= least})


def count_again(region_id: int) -> None:
    """Other words count from now on: what a baseline reaches back to is counted anew by the task that comes round. The
    counts there are stay until then."""
    count_from_anew(region_id, days=_reach())


def count_from_anew(region_id: int, *, days: int) -> None:
    """Forget that the last days were counted."""
    since = timezone.now().date() - timedelta(days=days + 1)
    rows = KeywordDay.objects.for_system(_WHY).filter(region_id=region_id, on__gte=since)
    rows.update(counted_at=None, claimed_at=None)


def _count(region: Region, on: date) -> bool:
    """Read a day and replace its counts. What is read is not kept; nothing is read within the transaction."""
    days = KeywordDay.objects.for_system(_WHY).filter(region=region, on=on)
    claimed = days.values_list("claimed_at", flat=True).get()
    read = tally(region, on)
    least = KeywordPolicy.current().least_customers
    with write(by=_BY) as change:
        day = days.select_for_update().get()
        terms = _kept(region.pk, on, read, least)
        KeywordCount.objects.for_system(_WHY).filter(region=region, on=on).delete()
        insert_many([_row(region.pk, on, pk, one) for pk, one in terms])
        day.messages, day.conversations, day.least = read.messages, read.conversations, least
        if day.claimed_at == claimed:  # else other words count meanwhile: it is to be done again
            day.counted_at, day.claimed_at = timezone.now(), None
        day.save()
        change.record("keywords.counted", region, on=on.isoformat(), messages=read.messages, terms=len(terms))
        change.announce(KeywordsChanged.of(region.pk))
    return True


def _row(region_id: int, on: date, term_id: UUID, one: Tallied) -> KeywordCount:
    return KeywordCount(
        region_id=region_id, term_id=term_id, on=on, messages=one.messages, conversations=one.conversations
    )


def forget_old_counts() -> None:
    """Days that are older than counts are kept, and terms of which nothing is left and nobody wants anything."""
    oldest = timezone.now().date() - timedelta(days=KeywordPolicy.current().kept_days)
    with write(by=_BY):
        KeywordCount.objects.for_system(_WHY).filter(on__lt=oldest).delete()
        KeywordDay.objects.for_system(_WHY).filter(on__lt=oldest).delete()
        idle = KeywordTerm.objects.for_system(_WHY).filter(counts=None, own=False, ignored_at=None, followers=None)
        idle.filter(rises=None).delete()


def _reach() -> int:
    """How many days back are counted without being asked for: a baseline, and a week to compare with it."""
    return KeywordPolicy.current().baseline_days + _WEEK.days


def _counted(region_id: int, *, since: date) -> set[date]:
    rows = KeywordDay.objects.for_system(_WHY).filter(region_id=region_id, on__gte=since, counted_at__isnull=False)
    return set(rows.values_list("on", flat=True))


def _claim(region_id: int, on: date) -> bool:
    """Whether it is this worker's to count."""
    now = timezone.now()
    rows = KeywordDay.objects.for_system(_WHY)
    rows.get_or_create(region_id=region_id, on=on)
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - _CLAIMED_FOR)
    return bool(rows.filter(free, region_id=region_id, on=on, counted_at=None).update(claimed_at=now))


def _kept(region_id: int, on: date, read: Tally, least: int) -> list[tuple[UUID, Tallied]]:
    """The rows of the terms that are kept, with what was counted of them: whatever is known as a term, and what enough
    customers wrote on this day, which is known from now on."""
    enough = {key: one for key, one in read.terms.items() if one.customers >= least}
    _known_or_made(region_id, enough)
    rows = KeywordTerm.objects.for_system(_WHY).filter(region_id=region_id)
    rows.filter(exact_from=None).update(exact_from=on)
    index = BlindIndex(region_id)
    known = {bytes(digest): (pk, own) for digest, pk, own in rows.values_list("digest", "pk", "own")}
    found = [
        (*known[digest], one) for key, one in read.terms.items() if (digest := index.digest(key, kind=TERM)) in known
    ]
    found.sort(key=lambda row: (not row[1], -row[2].conversations))
    return [(pk, one) for pk, _own, one in found[: KeywordPolicy.current().terms_a_day]]


def _known_or_made(region_id: int, terms: Mapping[str, Tallied]) -> None:
    index, key_id = BlindIndex(region_id), shared_key(region_id=region_id, purpose=TERM)
    wanted = {index.digest(key, kind=TERM): one for key, one in terms.items()}
    rows = KeywordTerm.objects.for_system(_WHY).filter(region_id=region_id)
    known = {bytes(digest) for digest in rows.values_list("digest", flat=True)}
    fresh = [
        KeywordTerm(region_id=region_id, key_id=key_id, digest=digest, text=one.spelled())
        for digest, one in wanted.items()
        if digest not in known
    ]
    insert_many(fresh, ignoring_conflicts=True)
