"""Event types and audiences of the live stream: declared here, used by ``writing`` and ``live``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from security.access import Access, Scope

Sees = Callable[[Access, Scope], bool]

Narrowed = Callable[[str], str]

_audiences: dict[str, Sees] = {}
_narrowings: dict[str, tuple[Sees, Narrowed]] = {}
_kinds: dict[str, type["Event"]] = {}


def register_audience(name: str, sees: Sees) -> None:
    """``sees(access, scope)`` is the same policy as the app's query filter, over ids only."""
    _audiences[name] = sees


def sees(audience: str, access: Access, scope: Scope) -> bool:
    return _audiences[audience](access, scope)


def register_narrowing(audience: str, *, applies: Sees, narrowed: Narrowed) -> None:
    """Some see an object, but not all of it: where ``applies(access, scope)``, they are told ``narrowed(payload)``."""
    _narrowings[audience] = (applies, narrowed)


def sees_part(audience: str, access: Access, scope: Scope) -> bool:
    """Whether ``access``, who sees the object, sees only a part of it."""
    return audience in _narrowings and _narrowings[audience][0](access, scope)


def part_of(audience: str, payload: str) -> str:
    """The part of a payload (JSON) that everybody may see."""
    return _narrowings[audience][1](payload)


def kinds() -> dict[str, type["Event"]]:
    """Every declared event type by its name; the client's types are generated from it."""
    return dict(_kinds)


@dataclass(frozen=True, kw_only=True)
class Event:
    """One change to tell. ``payload`` is the whole object as the API shows it (a shape); ``scope`` decides who hears.

    ``streams`` are where it is written; ``left_scope`` is the object's scope before the change: who saw it then and no
    longer does hears only that it left. ``object_id`` makes two announcements of one object in one write into one.
    """

    kind: ClassVar[str] = ""
    payload_shape: ClassVar[type | None] = None
    left_shape: ClassVar[type | None] = None
    audience: ClassVar[str] = ""  # required: a forgotten one must not mean everybody

    streams: tuple[str, ...]
    object_id: str
    payload: Any
    key_id: UUID
    scope: dict[str, Any] = field(default_factory=dict)
    left_scope: dict[str, Any] | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.kind or cls.kind in _kinds:
            raise TypeError(f"{cls.__name__} needs a kind of its own")
        if not cls.audience:
            raise TypeError(f"{cls.__name__} must name the audience that may hear it")
        _kinds[cls.kind] = cls
