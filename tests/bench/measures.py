"""What a row measures: a figure, its reference from the same run, and the aim."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Better = Literal["higher", "lower"]


@dataclass(frozen=True)
class Measure:
    """``reference`` was measured beside ``value``, in the same unit. ``aim`` is a bound on ``value``, ``aim_ratio`` one
    on ``value / reference``; both point the way of ``better``. Without either the figure is only told."""

    name: str
    value: float
    unit: str
    better: Better = "lower"
    reference: float | None = None
    reference_name: str = ""
    aim: float | None = None
    aim_ratio: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.reference if self.reference else None

    @property
    def met(self) -> bool | None:
        """``None`` when there is no aim."""
        bounds = [(self.value, self.aim), (self.ratio, self.aim_ratio)]
        known = [(figure, bound) for figure, bound in bounds if bound is not None]
        if not known:
            return None
        if self.better == "higher":
            return all(figure is not None and figure >= bound for figure, bound in known)
        return all(figure is not None and figure <= bound for figure, bound in known)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank; ``nan`` for no values, so that it can never pass for a good figure."""
    if not values:
        return math.nan
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, math.ceil(share * len(ranked)) - 1))]


def milliseconds(values: Sequence[float], share: float) -> float:
    """A percentile of seconds, in milliseconds."""
    return percentile(values, share) * 1000
