"""What a finished case is judged by: a region's own criteria, or those that Kefu brings along; and drawing cases."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from inbox.models import QaCriterion

_WHY = "the form of a region"
BEST = 5
SHIPPED_NAMES = {
    "correctness": (_("Correctness"), _("What the customer was told is right and complete.")),
    "tone": (_("Tone"), _("Friendly, clear, fitting for the customer and the matter.")),
    "speed": (_("Speed"), _("No needless waiting, no needless question.")),
    "policy": (_("Rules kept"), _("Identity checked, nothing promised that may not be, personal data protected.")),
}
_SHIPPED_KINDS = {"correctness": "scale", "tone": "scale", "speed": "scale", "policy": "pass"}


@dataclass(frozen=True)
class Criterion:
    """``kind``: ``scale`` from 1 to 5, or ``pass``: 1 or 0. ``name`` is empty where Kefu has words for ``key``."""

    key: str
    name: str
    hint: str
    kind: str


def criteria_of(region_id: int) -> list[Criterion]:
    """In their order."""
    rows = QaCriterion.objects.for_system(_WHY).filter(region_id=region_id).order_by("position", "id")
    own = [Criterion(row.key, row.name, row.hint, row.kind) for row in rows]
    return own or [Criterion(key, "", "", kind) for key, kind in _SHIPPED_KINDS.items()]


def name_of(key: str, name: str) -> str:
    """As the reader reads it."""
    return name or (str(SHIPPED_NAMES[key][0]) if key in SHIPPED_NAMES else key)


def hint_of(key: str, name: str, hint: str) -> str:
    return hint or (str(SHIPPED_NAMES[key][1]) if key in SHIPPED_NAMES and not name else "")


def percent_of(form: Iterable[Criterion], marks: Mapping[str, int]) -> int:
    """The average of the marks from 1 to 5 as a share of the best, 0 to 100; of none: all or nothing."""
    scales = [marks[one.key] for one in form if one.kind == "scale"]
    if not scales:
        return 100 if all(marks[one.key] for one in form) else 0
    return round(100 * sum(scales) / (BEST * len(scales)))


def is_passed(form: Iterable[Criterion], marks: Mapping[str, int], *, least_percent: int) -> bool:
    """Nothing failed that can only be passed or failed, and the marks are good enough on average."""
    one_by_one = list(form)
    kept = all(marks[one.key] for one in one_by_one if one.kind == "pass")
    return kept and percent_of(one_by_one, marks) >= least_percent


def drawn(case_ids: Iterable[int], *, seed: str, count: int) -> list[int]:
    """``count`` of them, by the order of a keyed hash: the same seed draws the same of the same, and nobody can arrange
    to be left out."""
    return sorted(case_ids, key=lambda pk: hashlib.sha256(f"{seed}|{pk}".encode()).hexdigest())[:count]
