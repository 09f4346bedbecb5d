"""What follows when a tag is put on or taken off: registered from ``AppConfig.ready()`` by whoever shows tags or waits
for them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contacts.models import Tag
from security.access import Actor
from security.writing import Change


@dataclass(frozen=True)
class Tagging:
    """``tag`` was put on (``added``) or taken off, in this write; ``conversation``: null where it is the contact's."""

    contact_id: UUID
    tag: Tag
    added: bool
    by: Actor
    run_id: UUID | None = None
    conversation: Any = None


_followers: list[Callable[[Change, Sequence[Tagging]], None]] = []
_uses: dict[str, Callable[[Sequence[UUID]], Mapping[UUID, int]]] = {}
_movers: list[Callable[[Tag, Tag], int]] = []
_returners: list[Callable[[Tag, Tag], int]] = []


def register_tag_follower(follow: Callable[[Change, Sequence[Tagging]], None]) -> None:
    """``follow(change, taggings)`` is called within the write, once for all of one deed."""
    if follow not in _followers:
        _followers.append(follow)


def register_tagged(
    kind: str,
    *,
    uses: Callable[[Sequence[UUID]], Mapping[UUID, int]],
    move: Callable[[Tag, Tag], int],
    put_back: Callable[[Tag, Tag], int],
) -> None:
    """What else than contacts can be tagged. ``uses(tag_ids)``: on how many each is. ``move(merged, into)`` moves them
    at a merge, ``put_back(merged, into)`` when that is taken back; both say how many."""
    if kind not in _uses:
        _uses[kind] = uses
        _movers.append(move)
        _returners.append(put_back)


def tell_followers(change: Change, taggings: Sequence[Tagging]) -> None:
    for follow in _followers if taggings else ():
        follow(change, taggings)


def uses_elsewhere(tag_ids: Sequence[UUID]) -> dict[str, Mapping[UUID, int]]:
    return {kind: uses(tag_ids) for kind, uses in _uses.items()}


def move_elsewhere(merged: Tag, into: Tag) -> int:
    return sum(move(merged, into) for move in _movers)


def put_back_elsewhere(merged: Tag, into: Tag) -> int:
    return sum(put_back(merged, into) for put_back in _returners)
