"""Every operation of the document, called by every level in every way: never a fault, never a word of another region,
never half a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.asking import Signed, signed_in, undone
from tests.fuzz.effort import search
from tests.fuzz.operations import calls
from tests.fuzz.roles import ROLES, signed_in_as
from tests.fuzz.two_regions import LEVELS, TwoRegions
from tests.fuzz.verdicts import left_all_as_it_was, sound, state, tells_nothing_of_europe


@pytest.mark.parametrize("way", ["session", "key"])
@pytest.mark.parametrize("level", LEVELS)
def test_no_call_fails_tells_of_another_region_or_leaves_half_a_change(world: TwoRegions, level: str, way: str):
    _all_holds(world, signed_in(world.people[level], way), 45, role=level, variant=f"{level} {way}")


@pytest.mark.parametrize(("role", "way"), ROLES)
def test_neither_does_one_of_whoever_is_no_plain_level(world: TwoRegions, role: str, way: str):
    _all_holds(world, signed_in_as(world, role, way), 25, role=role, variant=f"{role} {way}")


def _all_holds(world: TwoRegions, who: Signed, examples: int, *, role: str, variant: str) -> None:
    before = state()

    @search(examples, variant=variant)
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        case = data.draw(calls(world))
        with undone():
            answer = who.call(case)
            sound(answer, case)
            tells_nothing_of_europe(world, answer, level=role)
            left_all_as_it_was(answer, before)

    hold()
