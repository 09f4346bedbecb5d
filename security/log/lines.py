"""What one line of the log says."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from security.access import Access, Actor
from security.encryption.keyring import open_key
from security.encryption.sealing import seal, unseal
from security.models import Operation, Region, User
from security.origin import Origin, current_origin

Words = Mapping[str, tuple[str | None, str | None]]
_DEVICE_MAX = 120
_HOLDERS = ("user_id", "asker_id", "holder_id")


def line_of(
    by: Actor,
    action: str,
    subject: models.Model,
    *,
    region_id: int | None = None,
    words: Words | None = None,
    details: dict[str, Any],
) -> Operation:
    line = Operation(
        at=timezone.now(),
        actor_kind=by.actor_kind,
        actor_id=by.actor_id,
        action=action,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        region_id=_region_of(subject) if region_id is None else region_id,
        about_id=_about(subject),
        details=details,
    )
    if isinstance(by, Access):  # Kefu itself comes from nowhere, also when a request woke it
        origin = current_origin()
        line.ip, line.device = origin.ip, device_name(by, origin)
    if words:
        line.key_id = subject.key_id  # type: ignore[attr-defined]
        spelled = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
        line.words = seal(open_key(line.key_id), spelled, place=_place(line))
    return line


def words_of(line: Operation) -> dict[str, tuple[str | None, str | None]]:
    """The sealed words, for whoever may see the object; ``KeyGone`` once that was erased."""
    if line.key_id is None or line.words is None:
        return {}
    plain = unseal(open_key(line.key_id), bytes(line.words), place=_place(line))
    return {
        name: (before, after) for name, (before, after) in json.loads(plain.decode("utf-8", "surrogatepass")).items()
    }


def device_name(by: Access, origin: Origin) -> str:
    """A program is told by its key: what it calls itself says less."""
    return (by.key_name or origin.device)[:_DEVICE_MAX]


def _region_of(subject: models.Model) -> int | None:
    return subject.pk if isinstance(subject, Region) else getattr(subject, "region_id", None)


def _about(subject: models.Model) -> int | None:
    """Whom it is about, where it is about somebody: rows about rights say so by one of these names."""
    if isinstance(subject, User):
        return subject.pk
    return next((pk for name in _HOLDERS if (pk := getattr(subject, name, None)) is not None), None)


def _place(line: Operation) -> bytes:
    """A line has no id before it is written: what it is about, and when, ties the words to it."""
    return f"operation:{line.subject_kind}:{line.subject_id}:{_instant(line.at)}".encode()


def _instant(at: datetime) -> int:
    return int(at.timestamp()) * 1_000_000 + at.microsecond
