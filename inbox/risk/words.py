"""The compiled words of each region, kept by the process: ingest asks for every batch."""

import time
from dataclasses import dataclass
from datetime import datetime

from inbox.models import RiskPolicy, RiskTerm
from inbox.risk.matching import Term, Words
from security.policy import FRESH_FOR_SECONDS

_WHY = "watching what customers write"


@dataclass
class _Known:
    """``stamp``: when the lists were changed last, as far as ``words`` knows."""

    read_at: float
    stamp: datetime | None
    words: Words | None


_known: dict[int, _Known] = {}


def words_of(region_id: int) -> Words | None:
    """At most a few seconds old, like policies; compiled anew only when somebody changed them. ``None``: nothing is
    watched there."""
    known = _known.get(region_id)
    if known is not None and time.monotonic() - known.read_at < FRESH_FOR_SECONDS:
        return known.words
    stamps = RiskPolicy.objects.for_system(_WHY).filter(region_id=region_id, watches=True)
    stamp = stamps.values_list("changed_at", flat=True).first()
    if known is None or known.stamp != stamp:
        known = _Known(0.0, stamp, _compiled(region_id) if stamp is not None else None)
        _known[region_id] = known
    known.read_at = time.monotonic()
    return known.words


def forget_words() -> None:
    """Drop what this process knows (after a change, and between tests)."""
    _known.clear()


def _compiled(region_id: int) -> Words:
    rows = RiskTerm.objects.for_system(_WHY).filter(region_id=region_id).order_by("pk")
    return Words(Term(row.pk, row.kind, row.text) for row in rows)
