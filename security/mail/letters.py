"""What a mail says: each kind registers its builder from ``AppConfig.ready()``, in the language of the reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from security.models import User


@dataclass(frozen=True)
class Letter:
    """``facts``: name and value, one below the other. ``link``: what its button says, and where it leads; whatever the
    link holds is made when the mail leaves. Plain text throughout: what somebody else wrote must not become markup."""

    subject: str
    lead: Sequence[str]
    facts: Sequence[tuple[str, str]] = ()
    link: tuple[str, str] | None = None
    closing: Sequence[str] = field(default_factory=tuple)


# Called with the reader and what ``send_mail_later`` was given; ``None``: there is nothing to tell any more.
Builder = Callable[[User, Mapping[str, Any]], Letter | None]
_builders: dict[str, Builder] = {}


# What was to be told of within a while, in one letter: called with all of it, the earliest first.
GatheredBuilder = Callable[[User, Sequence[Mapping[str, Any]]], Letter | None]
_gathered: set[str] = set()


def register_letter(kind: str, build: Builder) -> None:
    _builders[kind] = build


def register_gathered(kind: str, build: GatheredBuilder) -> None:
    """Of ``kind`` somebody gets one letter in so many minutes (policy), however much there is to tell."""
    _gathered.add(kind)
    register_letter(kind, lambda user, context: build(user, context["each"]))


def is_gathered(kind: str) -> bool:
    return kind in _gathered


def letter_of(kind: str, user: User, context: Mapping[str, Any]) -> Letter | None:
    """``KeyError`` for a kind nobody registered."""
    return _builders[kind](user, context)


def kinds() -> frozenset[str]:
    return frozenset(_builders)
