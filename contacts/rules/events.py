"""What can happen: a registry of kinds of events, filled by every app from ``AppConfig.ready()``."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from contacts.conditions.facts import Subject


@dataclass(frozen=True)
class EventKind:
    """``carries``: what can be asked of it (see ``facts.ABOUT``). ``named_by``: which id in ``Subject.about`` makes two
    of them the same event. ``past``: what happened in a region between two moments, oldest first, in batches, for dry
    runs. ``newest``: in one conversation, and what happened to its contact outside of any, for "why not?".
    """

    key: str
    label: Any
    carries: frozenset[str]
    named_by: str
    past: Callable[[int, datetime, datetime], Iterator[Sequence[Subject]]]
    newest: Callable[[UUID, UUID, int], Sequence[Subject]]

    def ref_of(self, subject: Subject) -> str:
        """Names the event for good: a rule fires once for it."""
        which = subject.id_of(self.named_by) or f"{subject.contact_id}:{subject.at.isoformat()}"
        return f"{self.key}:{which}"


_kinds: dict[str, EventKind] = {}


def register_event(kind: EventKind) -> None:
    if _kinds.setdefault(kind.key, kind).key != kind.key or kind.named_by not in kind.carries | {"event"}:
        raise ValueError(f"{kind.key} is odd")


def event_kinds() -> dict[str, EventKind]:
    return dict(_kinds)


def event_kind(key: str) -> EventKind:
    return _kinds[key]
