"""The one table: each requirement, met and unmet, in each tier."""

from dataclasses import replace

import pytest

from security.tier_policy import ADVANCED, BASIC, ENTERPRISE, TIER_NAMES
from security.tiers.table import (
    ALLOWLIST,
    BEHAVIOUR,
    DEVICE,
    FACTOR,
    PASSKEY,
    REQUIREMENTS,
    SHOWN,
    Facts,
    asked_by,
    lacking,
)

ALL = Facts(factor=True, must_have_factor=True, device=True, listed=True, passkey=True, shown=True, watched=True)
FROM = {
    FACTOR: BASIC,
    DEVICE: ADVANCED,
    ALLOWLIST: ADVANCED,
    PASSKEY: ENTERPRISE,
    SHOWN: ENTERPRISE,
    BEHAVIOUR: ENTERPRISE,
}
FACT = {
    FACTOR: "factor",
    DEVICE: "device",
    ALLOWLIST: "listed",
    PASSKEY: "passkey",
    SHOWN: "shown",
    BEHAVIOUR: "watched",
}


def names(tier: str, facts: Facts) -> list[str]:
    return [one.name for one in lacking(tier, facts)]


@pytest.mark.parametrize("tier", TIER_NAMES)
def test_with_everything_nothing_is_lacking(tier: str):
    assert names(tier, ALL) == []


@pytest.mark.parametrize("tier", TIER_NAMES)
@pytest.mark.parametrize("name", FACT)
def test_each_is_asked_for_from_its_tier_on_and_not_below(name: str, tier: str):
    lacks = names(tier, replace(ALL, **{FACT[name]: False}))
    assert lacks == ([name] if TIER_NAMES.index(tier) >= TIER_NAMES.index(FROM[name]) else [])


def test_in_the_basic_tier_the_policy_says_who_must_have_a_factor():
    free = replace(ALL, factor=False, must_have_factor=False)
    assert names(BASIC, free) == [] and names(ADVANCED, free) == [FACTOR] == names(ENTERPRISE, free)


def test_a_tier_asks_for_all_that_those_below_it_do():
    asked = [{one.name for one in asked_by(tier)} for tier in TIER_NAMES]
    assert asked[0] < asked[1] < asked[2] == set(FROM) == {one.name for one in REQUIREMENTS}


def test_each_says_what_it_is_and_what_to_do():
    assert all(str(one.words) and str(one.guide) for one in REQUIREMENTS)
