"""Whether a share has risen, or only seems so: an interval, a test, and what is left of many tests."""

from collections.abc import Mapping
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from uuid import UUID

_Z95 = NormalDist().inv_cdf(0.975)
_EXACT_UP_TO = 2000  # conversations in both periods together; above it the normal approximation is as good


def wilson(found: int, of: int) -> tuple[float, float]:
    """Within what bounds the true share is, in 95 of 100 cases (Wilson, 1927)."""
    if of <= 0:
        return 0.0, 1.0
    share, spread = found / of, _Z95**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z95 / (1 + spread) * sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def chance_of_rise(found: int, of: int, before: float, of_before: float) -> float:
    """How likely ``found`` of ``of`` or more would be by chance, were the share still that of ``before`` of
    ``of_before``.

    Both counts are taken as Poisson; given their sum, ``found`` is binomial (Przyborowski and Wilenski, 1940), so that
    the doubt about a small baseline is in it.
    """
    if found <= 0 or of <= 0 or of_before <= 0:
        return 1.0
    together, part = found + round(before), of / (of + of_before)
    if together <= _EXACT_UP_TO:
        return _binomial_tail(found, together, part)
    mean, spread = together * part, sqrt(together * part * (1 - part))
    return 1 - NormalDist().cdf((found - 0.5 - mean) / spread)


def _binomial_tail(least: int, of: int, chance: float) -> float:
    """Of ``of`` tries ``least`` or more succeed."""
    if chance >= 1:
        return 1.0
    ways = lgamma(of + 1) - lgamma(least + 1) - lgamma(of - least + 1)
    term = exp(ways + least * log(chance) + (of - least) * log1p(-chance))
    total, odds = 0.0, chance / (1 - chance)
    for found in range(least, of + 1):
        total += term
        if term < total * 1e-12 and found > of * chance:
            break
        term *= (of - found) / (found + 1) * odds
    return min(1.0, total)


def beyond_chance(chances: Mapping[UUID, float], *, doubt: float) -> set[UUID]:
    """Those of many tests that hold, so that of these no more than ``doubt`` are chance (Benjamini and Hochberg,
    1995)."""
    ordered = sorted(chances.items(), key=lambda one: one[1])
    kept = 0
    for rank, (_key, chance) in enumerate(ordered, start=1):
        if chance <= doubt * rank / len(ordered):
            kept = rank
    return {key for key, _chance in ordered[:kept]}
