"""What apps keep of a contact, besides sealed rows (``security.encryption.sealed_rows``): registered from
``AppConfig.ready()`` by each app that keeps something, since nothing below may import it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from contacts.models import Contact, ContactMerge, Erasure
from security.writing import Change


class Archive(Protocol):
    """What an export is written into. Names of files are made safe and unique by it."""

    def add_file(self, name: str, content: bytes) -> str:
        """Returns the name under which it stands."""

    def advance(self, count: int) -> None:
        """So many more of the counted things are in it."""


def _nothing(*_given: object) -> None:
    """There is nothing to do."""


def _none(*_given: object) -> int:
    return 0


def _no_messages(contact_ids: Collection[UUID]) -> Mapping[UUID, int]:
    return {}


def _not_held(contact: Contact) -> bool:
    return False


@dataclass(frozen=True)
class Belongings:
    """``name`` is the key in an export, and in what a merge would move.

    ``lock``: lock what others change otherwise than under the lock of the contact, in the house's order, within the
    caller's write. ``count``: of what a merge or an
    erasure touches, by kind. ``stop``: at the moment of an erasure, when the contact is blank already: nothing leaves
    any more, nobody sees it. ``erase_some``: destroy some of what is no sealed row; 0 when nothing is left. ``gather``:
    everything, as JSON, its files put into the archive. ``held``: something of it is on hold by itself, so that nothing
    may be destroyed. ``released``: the last legal hold of the contact has just ended. ``take_over``: at the moment of a
    merge, what people see of ``merged`` is ``kept``'s from now on, or out of sight. ``join_some``: move some of what is
    left; 0 when nothing is. ``give_back``: at the moment a merge is undone, what people see of ``merged`` is its own
    again. ``part_some``: give back some of what was joined; 0 when nothing is left. ``messages``: how many there are of
    each of many contacts.
    """

    name: str
    count: Callable[[Contact], Mapping[str, int]]
    stop: Callable[[Change, Contact], object]
    gather: Callable[[Contact, Archive], Any]
    take_over: Callable[[Change, Contact, Contact], object]
    lock: Callable[[UUID], object] = _nothing
    erase_some: Callable[[Erasure], int] = _none
    held: Callable[[Contact], bool] = _not_held
    released: Callable[[Change, Contact], object] = _nothing
    join_some: Callable[[Contact, Contact], int] = _none
    give_back: Callable[[Change, ContactMerge], object] = _nothing
    messages: Callable[[Collection[UUID]], Mapping[UUID, int]] = _no_messages
    part_some: Callable[[ContactMerge], int] = _none


_belongings: list[Belongings] = []


def register_belongings(belongings: Belongings) -> None:
    if belongings.name not in {one.name for one in _belongings}:
        _belongings.append(belongings)


def all_belongings() -> Iterator[Belongings]:
    yield from _belongings


def lock_contact(contact_id: Any) -> Contact | None:
    """The contact, locked with everything of it that others change under a lock."""
    contact: Contact | None = Contact.objects.for_system("keeping its data").locked().filter(pk=contact_id).first()
    if contact is not None:
        for one in _belongings:
            one.lock(contact.pk)
    return contact


def is_held(contact: Contact) -> bool:
    """Asked of a contact that is locked."""
    return contact.held_at is not None or any(one.held(contact) for one in _belongings)


def counts_of(contact: Contact) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in _belongings:
        found |= one.count(contact)
    return found


def messages_of(contact_ids: Collection[UUID]) -> dict[UUID, int]:
    """With the same few statements for one contact and for many."""
    found = dict.fromkeys(contact_ids, 0)
    for one in _belongings:
        for pk, count in one.messages(contact_ids).items():
            found[pk] += count
    return found
