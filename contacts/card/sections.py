"""Who adds what to a card: each app registers its sections from ``AppConfig.ready()``."""

from collections.abc import Callable, Iterator, Sequence

from contacts.card.shapes import CardEntryShape, SpendingShape
from contacts.models import Contact
from security.access import Access

Read = Callable[[Access, Contact, int], Sequence[CardEntryShape]]
_sections: dict[str, Read] = {}
_figures: list[Callable[[Contact], list[SpendingShape]]] = []


def register_section(name: str, read: Read) -> None:
    """``read(access, contact, count)``: the latest of them, newest first, one more than ``count`` where there are;
    as far as ``access`` sees them. The contact has been opened for the reader, its key too."""
    _sections[name] = read


def register_figures(read: Callable[[Contact], list[SpendingShape]]) -> None:
    if read not in _figures:
        _figures.append(read)


def sections() -> Iterator[tuple[str, Read]]:
    yield from _sections.items()


def figures_of(contact: Contact) -> list[SpendingShape]:
    return [one for read in _figures for one in read(contact)]
