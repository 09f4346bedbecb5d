"""What goes on in the background and cannot: it says so, comes after the others from then on, and is tried again."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils import timezone

from security.scoping import every_row

_WHY = "what cannot go on"
IN_TURN = (F("stuck_at").asc(nulls_first=True), "asked_at", "pk")


def go_on(deed: Callable[[Any], bool], row: Any) -> bool:
    """``deed`` with a merge or an erasure; whether that finished it."""
    rows = every_row(type(row), _WHY).filter(pk=row.pk)
    try:
        done = deed(row)
    except Exception:
        rows.update(stuck_at=timezone.now())
        raise
    if row.stuck_at is not None:
        rows.update(stuck_at=None)
    return done
