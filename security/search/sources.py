"""What there is to index, as the apps that have it register it: for building anew and for counting what is missing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from security.models.search import SearchEntry
from security.search.blocks import Entry
from security.search.index import missing_from, strangers_in_blocks

_WHY = "what the index lacks"


@dataclass(frozen=True)
class Source:
    """``rows``: all of a region that has to be indexed, with a UUID as their key. ``entries``: what to index of some
    of them; what does not open any more is indexed by nothing it says."""

    name: str
    model: Any
    rows: Callable[[int], Any]
    entries: Callable[[int, Sequence[Any]], list[Entry]]

    def missing(self, region_id: int) -> Any:
        """Those of a region that are not in the index."""
        return missing_from(self.rows(region_id))

    def single(self, region_id: int) -> Any:
        """Those of a region that have an entry of their own."""
        return self.rows(region_id).filter(Exists(SearchEntry.objects.filter(object_id=OuterRef("pk"))))


_registered: dict[str, Source] = {}


def register_source(source: Source) -> None:
    _registered[source.name] = source


def sources() -> Iterator[Source]:
    yield from _registered.values()


def orphans() -> Iterator[UUID]:
    """What is indexed and not there any more."""
    rows = SearchEntry.objects.all()
    for source in sources():
        rows = rows.filter(~Exists(source.model.objects.for_system(_WHY).filter(pk=OuterRef("object_id"))))
    yield from rows.values_list("object_id", flat=True)
    yield from strangers_in_blocks((source.model._meta.db_table, source.model._meta.pk.column) for source in sources())
