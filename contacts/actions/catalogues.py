"""What a region keeps for all of its contacts, tags and custom fields: who looks after it, and how it is changed. One
change at a time in a region, since a name is there once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.utils import timezone

from contacts.events import CatalogueChanged
from security.access import Access, Actor
from security.errors import NotFound, require
from security.models import Region
from security.writing import Change, write

_WHY = "keeping the catalogues of a region"
Row = TypeVar("Row", bound=Any)


@dataclass(frozen=True)
class Catalogue(Generic[Row]):
    """``what``: as the stream names it. ``right``: what whoever looks after it may."""

    model: type[Row]
    what: str
    right: str

    @contextmanager
    def adding(self, by: Actor, region_id: int) -> Iterator[tuple[Change, Any]]:
        """With the rows that are in use there."""
        with write(by=by) as change:
            self._require_manager(by, region_id)
            _lock(region_id)
            yield change, self.living(region_id)
            self._tell(change, region_id)

    @contextmanager
    def changing(self, by: Actor, pk: UUID) -> Iterator[tuple[Change, Row]]:
        """One of them, locked. Whoever writes into the log changed it: it is saved then, and told."""
        with write(by=by) as change:
            row, lines = self.locked(by, pk), len(change.operations)
            yield change, row
            if len(change.operations) > lines:
                row.version += 1
                row.save()
                self._tell(change, row.region_id)

    def locked(self, by: Actor, pk: UUID) -> Row:
        """In the caller's write."""
        objects: Any = self.model.objects
        rows = objects.visible_to(by) if isinstance(by, Access) else objects.for_system(_WHY)
        region_id: int = rows.get_or_404(pk).region_id
        self._require_manager(by, region_id)
        _lock(region_id)
        row: Row = rows.locked().get_or_404(pk)
        return row

    def living(self, region_id: int) -> Any:
        objects: Any = self.model.objects
        return objects.for_system(_WHY).living().filter(region_id=region_id)

    def _require_manager(self, by: Actor, region_id: int) -> None:
        if isinstance(by, Access):
            require(region_id in by.region_ids, NotFound)
            require(by.can(self.right))

    def _tell(self, change: Change, region_id: int) -> None:
        change.announce(CatalogueChanged.of(region_id, self.what))


def put_away(row: Any) -> bool:
    """Whether it was not yet."""
    if row.archived_at is not None:
        return False
    row.archived_at = timezone.now()
    return True


def changed_by(
    row: Row, names: Iterable[str], fill: Callable[[Row, Mapping[str, Any]], object], wanted: Mapping[str, Any]
) -> dict[str, Any]:
    """What ``fill`` made otherwise: name → before and after."""
    before = {name: getattr(row, name) for name in names}
    fill(row, wanted)
    return {name: [old, getattr(row, name)] for name, old in before.items() if getattr(row, name) != old}


def _lock(region_id: int) -> None:
    """Against others who do the same; whoever writes rows of the region goes on."""
    Region.objects.select_for_update(no_key=True).get(pk=region_id)
