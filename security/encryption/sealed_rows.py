"""What is sealed under whose key. Each app registers its models from ``AppConfig.ready()``: who changes a key, or
destroys one, finds everything under it by this list, and a contract test finds a model that is missing.

An owner (a contact, a channel) carries the ``key_id`` in force; its rows carry the one they are sealed under.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from security.encryption.fields import EncryptedField, Sealed
from security.scoping import every_row

DELETE, BLANK, KEEP, OWN = "delete", "blank", "keep", "own"


@dataclass(frozen=True)
class Removal:
    """``files`` of a row that goes; ``remove`` deletes them once that is committed."""

    files: int
    remove: Callable[[], None]


# (row, new key): seals its files anew, sets their names on the row; returns what to do once that is committed.
Refile = Callable[[Any, UUID], Callable[[], None]]


@dataclass(frozen=True)
class Aging:
    """What becomes of rows that are older than what people write is kept for. ``how``: they are deleted; left without
    their sealed words (``words`` instead, null where nothing is said here); kept; or a way of their own is written for
    them.

    A row's id tells its age; with ``at`` that column must be as old too. ``over``: only rows that are, whatever runs on
    is left alone.
    """

    how: str
    at: str = ""
    over: models.Q = field(default_factory=models.Q)
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SealedRows:
    """Rows of ``model`` that belong to an owner by the path ``owner``.

    ``at_erasure``: deleted; left as a skeleton without their sealed words and with ``emptied`` columns; or kept as they
    are, where the table only grows. ``aging`` must be said of every kind, so that none outlives what people agreed to.
    ``columns`` of files are sealed anew by ``refile``; ``unfile``
    tells which go with a row. ``moves``: whether they follow
    their owner to another key.
    """

    model: type[models.Model]
    owner: str
    aging: Aging
    at_erasure: str = DELETE
    emptied: Mapping[str, Any] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    refile: Refile | None = None
    unfile: Callable[[Any], Removal] | None = None
    moves: bool = True

    @property
    def sealed(self) -> tuple[str, ...]:
        return sealed_fields(self.model)

    def of(self, owner_id: object) -> "models.QuerySet[Any]":
        """All rows of one owner, in whatever scope: only what keeps or destroys keys asks."""
        return every_row(self.model, "keeping keys").filter(**{self.owner: owner_id})

    def blanks(self) -> dict[str, Any]:
        """What an erased row holds instead."""
        plain = {name: None if self.model._meta.get_field(name).null else Sealed(b"") for name in self.sealed}
        return {**plain, **self.emptied}


@dataclass(frozen=True)
class KeyOwner:
    """``lock(id)`` returns the owner with its row, and everything of it that others change under a lock, locked; or
    ``None`` when it is gone."""

    purpose: str
    model: type[models.Model]
    lock: Callable[[Any], Any]


_owners: dict[str, KeyOwner] = {}
_rows: dict[str, list[SealedRows]] = {}


def register_owner(owner: KeyOwner) -> None:
    _owners[owner.purpose] = owner


def register_sealed(purpose: str, *kinds: SealedRows) -> None:
    """Rows under the keys of ``purpose`` (``contact``, ``channel``)."""
    known = {(kind.model, kind.owner) for kind in _rows.setdefault(purpose, [])}
    _rows[purpose] += [kind for kind in kinds if (kind.model, kind.owner) not in known]


def owners() -> dict[str, KeyOwner]:
    return dict(_owners)


def sealed_rows(purpose: str) -> list[SealedRows]:
    return list(_rows.get(purpose, ()))


def sealed_fields(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(column.name for column in model._meta.concrete_fields if isinstance(column, EncryptedField))
