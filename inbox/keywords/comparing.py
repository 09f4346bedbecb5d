"""A term's share of conversations in some days against what was usual before: figures only, nothing is asked of the
database here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inbox.keywords.statistics import chance_of_rise, wilson


@dataclass(frozen=True)
class Day:
    """A counted day: its conversations, and from how many customers on a term was kept."""

    on: date
    conversations: int
    least: int


@dataclass(frozen=True)
class Compared:
    """``found`` of ``of`` conversations (each counted once a day), ``before`` of ``of_before`` in the baseline.

    ``supposed`` is ``before`` with what may have been there on days on which too few wrote the term to be kept: against
    that it must have risen.
    """

    found: int
    of: int
    before: int
    supposed: float
    of_before: int
    days_before: int

    @property
    def share(self) -> float:
        return self.found / self.of if self.of else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        return wilson(self.found, self.of)

    @property
    def usual(self) -> float:
        """The baseline's share."""
        return self.before / self.of_before if self.of_before else 0.0

    @property
    def expected(self) -> float:
        """How many conversations the baseline lets expect, at most."""
        return self.supposed / self.of_before * self.of if self.of_before else 0.0

    @property
    def rise(self) -> float | None:
        """By what part of the baseline its share is higher, at least; ``None`` without anything to compare with."""
        return self.found / self.expected - 1 if self.expected else None

    @property
    def chance(self) -> float:
        return chance_of_rise(self.found, self.of, self.supposed, self.of_before)

    def has_risen(self, *, percent: int, days: int) -> bool:
        """By that much, against a baseline of that many days; whether it may be chance is another question."""
        if self.days_before < days or not self.found:
            return False
        return self.rise is None or self.rise * 100 >= percent


def compare(
    counts: Mapping[date, int], days: Sequence[Day], baseline: Sequence[Day], *, exact_from: date | None
) -> Compared:
    """``counts``: a term's conversations by day, without those it was not kept for."""
    of_before = sum(day.conversations for day in baseline)
    before = sum(counts.get(day.on, 0) for day in baseline)
    unknown = sum(
        min(day.least - 1, day.conversations)
        for day in baseline
        if day.on not in counts and (exact_from is None or day.on < exact_from)
    )
    return Compared(
        found=sum(counts.get(day.on, 0) for day in days),
        of=sum(day.conversations for day in days),
        before=before,
        supposed=float(before + unknown),
        of_before=of_before,
        days_before=sum(1 for day in baseline if day.conversations),
    )


def against_weekday(compared: Compared, same: Compared) -> Compared:
    """A single day against the higher of two baselines: all days before, and half way to those of its own weekday,
    which are few. What every Monday brings is no rise."""
    if not same.of_before or not compared.of_before:
        return compared
    usual, weekday = compared.supposed / compared.of_before, same.supposed / same.of_before
    raised = max(usual, (usual + weekday) / 2)
    return Compared(
        compared.found,
        compared.of,
        compared.before,
        raised * compared.of_before,
        compared.of_before,
        compared.days_before,
    )
