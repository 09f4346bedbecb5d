"""What rights can be given one by one: which objects there are, who sees them, what they are called.

The apps that have them register them from ``AppConfig.ready()``; ``security`` knows only labels and ids.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from security.access import Access
from security.errors import Invalid, NotFound, Words


@dataclass(frozen=True)
class Grantable:
    """``seen_by``: the rows a person sees. ``called``: the name they know a row by. ``title``: what such things are.

    Of a few one chooses (``many`` is false); of many one looks for: ``look_for(access, words)`` gives rows that fit.
    """

    label: str
    seen_by: Callable[[Access], Any]
    called: Callable[[Any], str]
    title: Words = ""
    look_for: Callable[[Access, str], Iterable[Any]] | None = None

    @property
    def many(self) -> bool:
        return self.look_for is not None


_kinds: dict[str, Grantable] = {}


def register_grantable(kind: Grantable) -> None:
    _kinds[kind.label] = kind


def grantable_kinds() -> list[Grantable]:
    """In the order they were registered: the wider ones first."""
    return list(_kinds.values())


def find_object(access: Access, label: str, pk: str) -> models.Model:
    """The object of a right, as far as ``access`` sees it. Raises ``NotFound``: unseen and absent are the same."""
    if label not in _kinds:
        raise Invalid(field="object")
    try:
        found: models.Model | None = _kinds[label].seen_by(access).filter(pk=pk).first()
    except (ValueError, ValidationError):
        found = None
    if found is None:
        raise NotFound(field="object")
    return found


def name_of_object(access: Access, label: str, pk: str) -> str:
    """What ``access`` knows it by; empty where they do not see it."""
    if not label:
        return ""
    try:
        return _kinds[label].called(find_object(access, label, pk))
    except NotFound:
        return ""
