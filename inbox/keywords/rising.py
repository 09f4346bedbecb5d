"""Which of many terms have risen."""

from collections.abc import Mapping
from uuid import UUID

from inbox.keywords.comparing import Compared
from inbox.keywords.policy import KeywordPolicy
from inbox.keywords.statistics import beyond_chance

_CERTAIN = 100  # per cent of doubt: chance is not asked about


def risen_of(compared: Mapping[UUID, Compared]) -> set[UUID]:
    """Those that rose by as much as the policy says, and not by chance, as far as many tests at once can tell."""
    policy = KeywordPolicy.current()
    by_much = {
        pk: one.chance
        for pk, one in compared.items()
        if one.has_risen(percent=policy.rise_percent, days=policy.baseline_least)
    }
    if policy.doubt_percent >= _CERTAIN:
        return set(by_much)
    tested = {pk: one.chance for pk, one in compared.items()}
    return set(by_much) & beyond_chance(tested, doubt=policy.doubt_percent / 100)
