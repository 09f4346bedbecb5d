"""What rights can be given one by one: which objects there are, who sees them, what they are called.

The apps that have them register them from ``AppConfig.ready()``; ``security`` knows only labels and ids.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from security.access import Access
from security.errors import Invalid, NotFound


@dataclass(frozen=True)
class Grantable:
    """``seen_by``: the rows a person sees. ``called``: the name they know a row by."""

    label: str
    seen_by: Callable[[Access], Any]
    called: Callable[[Any], str]


_kinds: dict[str, Grantable] = {}


def register_grantable(kind: Grantable) -> None:
    _kinds[kind.label] = kind


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
