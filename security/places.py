"""What people may be at together: the kinds of objects of which it is told who else looks at them and who types.

A place is ``kind:id``; ``kind`` is also the audience that may know. Apps register theirs from ``AppConfig.ready()``.
"""

import re
from collections.abc import Callable
from typing import Any

FindScope = Callable[[str], dict[str, Any] | None]

_PLACE = re.compile(r"\A([a-z_]{1,24}):([0-9a-f-]{1,36})\Z")
_kinds: dict[str, FindScope] = {}


def register_place(kind: str, find_scope: FindScope) -> None:
    """``find_scope(id)``: what the audience of that name is asked with; ``None`` for an object that is not there."""
    _kinds[kind] = find_scope


def kind_of_place(place: str) -> str | None:
    """``None`` for what is no place."""
    found = _PLACE.match(place)
    return found[1] if found is not None and found[1] in _kinds else None


def scope_of_place(place: str) -> dict[str, Any] | None:
    """One read; of a place that ``kind_of_place`` knows."""
    kind, _, pk = place.partition(":")
    return _kinds[kind](pk)
