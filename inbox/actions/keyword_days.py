"""Counting what customers wrote about on a day: its counts are replaced as a whole, so that it can be done again."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from inbox.actions.keyword_rises import tell_rises
from inbox.keywords.counting import Tallied, Tally, exact_terms, tally
from inbox.keywords.events import KeywordsChanged
from inbox.keywords.policy import KeywordPolicy
from inbox.keywords.spelling import key_of
from inbox.models import KeywordCount, KeywordDay, KeywordTerm
from security.access import System
from security.bulk import insert_many
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import open_keys, shared_key
from security.models import Region
from security.writing import write

_BY = System("keywords")
TERM = "keyword"  # kind of digest, and purpose of the key
_WHY = "counting what customers write about"
_CLAIMED_FOR = timedelta(hours=1)  # whoever has not counted it by then does not any more
_AT_ONCE = 1000
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def count_due() -> int:
    """Count every day of every region that is over and was not counted yet, as far back as it matters; returns how many
    those were."""
    return sum(count_days(region, days=_reach()) for region in Region.objects.order_by("pk"))


def count_days(region: Region, *, days: int) -> int:
    """Those of the last ``days`` that nobody counted, the newest first. Of a run that ends early all days that were
    done stay."""
    today = timezone.now().astimezone(ZoneInfo(region.time_zone)).date()
    wanted = [today - timedelta(days=back) for back in range(1, days + 1)]
    done = _counted(region.pk, since=today - timedelta(days=days))
    counted = [on for on in wanted if on not in done and _claim(region.pk, on) and _count(region, on)]
    if counted and counted[0] == wanted[0]:
        tell_rises(region, on=counted[0])
    return len(counted)


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
    """The rows of the terms that are kept, with what was counted of them."""
    index, key_id = BlindIndex(region_id), shared_key(region_id=region_id, purpose=TERM)
    exact = _exact(region_id, index, on)
    enough = sorted(
        (one for one in read.terms.items() if one[1].customers >= least), key=lambda one: -one[1].conversations
    )[: KeywordPolicy.current().terms_a_day]
    wanted = {index.digest(key, kind=TERM): (key, one) for key, one in enough}
    wanted |= {digest: (key, read.terms[key]) for key, digest in exact.items() if key in read.terms}
    known = dict(_known(region_id, list(wanted)))
    fresh = [
        KeywordTerm(region_id=region_id, key_id=key_id, digest=digest, text=one.spelled())
        for digest, (_key, one) in wanted.items()
        if digest not in known
    ]
    insert_many(fresh, ignoring_conflicts=True)
    known.update(_known(region_id, [bytes(row.digest) for row in fresh]))
    return [(known[digest], one) for digest, (_key, one) in wanted.items()]


def _exact(region_id: int, index: BlindIndex, on: date) -> dict[str, bytes]:
    """Those counted from the first customer on, by their key. Days are counted backwards: this one is the first of
    theirs without a gap."""
    rows = list(KeywordTerm.objects.for_system(_WHY).filter(exact_terms(), region_id=region_id).distinct())
    open_keys(row.key_id for row in rows)
    for row in rows:
        if row.exact_from in (None, on + _DAY):
            row.exact_from = on
            row.save(update_fields=["exact_from"])
    return {key: index.digest(key, kind=TERM) for row in rows if (key := key_of(row.text))}


def _known(region_id: int, digests: list[bytes]) -> Iterator[tuple[bytes, UUID]]:
    for at in range(0, len(digests), _AT_ONCE):
        rows = KeywordTerm.objects.for_system(_WHY).filter(region_id=region_id, digest__in=digests[at : at + _AT_ONCE])
        for digest, pk in rows.values_list("digest", "pk"):
            yield bytes(digest), pk
