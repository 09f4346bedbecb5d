"""Building the search index anew: what it lacks, a few at a time, while everything goes on."""

from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.utils import timezone

from security.access import System
from security.ids import first_id_at
from security.models import Region
from security.search import index
from security.search.blocks import SIZE
from security.search.sources import Source, orphans, sources
from security.writing import write

_BY = System("search index")
_SETTLED = timedelta(days=1)
_BLOCKS_AT_ONCE = 50 * SIZE
_AT_ONCE = 500  # a transaction: on SQLite nobody else writes meanwhile
Report = Callable[[str, int], None]


def index_missing(*, region: Region, report: Report) -> int:
    """Everything of a region that is not indexed; returns how much that was. Safe to repeat and to interrupt."""
    done = sum(_index(region, source, report) for source in sources())
    if done:
        with write(by=_BY) as change:
            change.record("search.rebuilt", region, region_id=region.pk, count=done)
    return done


def forget_orphans() -> int:
    """Drop entries of what is not there any more."""
    count = 0
    while ids := list(islice(orphans(), _AT_ONCE)):
        with write(by=_BY):
            count += index.forget(ids, said=list)
    return count


def pack_settled() -> int:
    """Keep what is older than a day in less room, as far as it fills blocks; returns how many entries that were."""
    regions = list(Region.objects.order_by("pk"))
    return sum(_pack(region, source) for region in regions for source in sources())


def start_afresh() -> None:
    """Forget the whole index. Nothing is found until it is built anew."""
    with write(by=_BY):
        index.empty()


def _index(region: Region, source: Source, report: Report) -> int:
    done, after = 0, UUID(int=0)
    while True:
        with write(by=_BY):
            # Locked: an edit at the same time waits, and indexes its own words after these.
            rows = source.missing(region.pk).filter(pk__gt=after).locked()
            some = list(rows.order_by("pk")[:_AT_ONCE])
            if not some:
                return done
            index.put(source.entries(region.pk, some))
        done, after = done + len(some), some[-1].pk
        report(source.name, done)


def _pack(region: Region, source: Source) -> int:
    done, after, until = 0, UUID(int=0), first_id_at(timezone.now() - _SETTLED)
    while True:
        with write(by=_BY):
            rows = source.single(region.pk).filter(pk__gt=after, pk__lt=until).order_by("pk")
            ids = list(rows.values_list("pk", flat=True)[:_BLOCKS_AT_ONCE])
            whole = ids[: len(ids) // SIZE * SIZE]
            packed = index.pack(whole)
        if not packed:
            return done
        done, after = done + packed, whole[-1]
