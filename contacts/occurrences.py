"""What happens to contacts and what is theirs, for whoever must follow in the same transaction: outbound webhooks,
rules. The one who acts says ``happened``; listeners, registered from ``AppConfig.ready()``, write rows of their own and
enqueue what leaves. They neither send nor act at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from contacts.models import Contact
from security.access import Actor
from security.writing import Change


@dataclass(frozen=True)
class Kind:
    """``words``: what people read. ``payload(subject)``: what the outside is told of it, as JSON values; asked when it
    is told, so it says how things are then."""

    name: str
    words: Any
    payload: Callable[[str], dict[str, Any] | None]


@dataclass(frozen=True)
class Occurrence:
    """``subject_id`` is what it happened to (an order, a conversation, the contact itself); ``facts`` are ids and
    codes, never words of anybody."""

    kind: str
    region_id: int
    contact_id: UUID | None
    subject_id: str
    at: datetime
    by: Actor
    facts: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Change, Sequence[Occurrence]], object]
_kinds: dict[str, Kind] = {}
_listeners: list[Listener] = []


def register_kinds(*kinds: Kind) -> None:
    _kinds.update({kind.name: kind for kind in kinds})


def kinds() -> dict[str, Kind]:
    return dict(_kinds)


def listen(listener: Listener) -> None:
    if listener not in _listeners:
        _listeners.append(listener)


def happening(
    change: Change, kind: str, *, contact: Contact, subject: Model, at: datetime | None = None, **facts: Any
) -> Occurrence:
    return Occurrence(
        kind=kind,
        region_id=contact.region_id,
        contact_id=contact.pk,
        subject_id=str(subject.pk),
        at=at or timezone.now(),
        by=change.by,
        facts=facts,
    )


def happened(change: Change, *occurrences: Occurrence) -> None:
    """Within the caller's write: a listener's rows are committed with what happened, or not at all. Many at once cost
    what one does."""
    for listener in _listeners if occurrences else ():
        listener(change, occurrences)
