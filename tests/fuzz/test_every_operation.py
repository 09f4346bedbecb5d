"""Every operation of the document, called by every level in every way: never a fault, never a word of another region,
never half a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.asking import signed_in, undone
from tests.fuzz.effort import search
from tests.fuzz.operations import calls
from tests.fuzz.two_regions import LEVELS, TwoRegions
from tests.fuzz.verdicts import left_all_as_it_was, sound, state, tells_nothing_of_europe


@pytest.mark.parametrize("way", ["session", "key"])
@pytest.mark.parametrize("level", LEVELS)
def test_no_call_fails_tells_of_another_region_or_leaves_half_a_change(world: TwoRegions, level: str, way: str):
    who = signed_in(world.people[level], way)
    before = state()

    @search(45, variant=f"{level} {way}")
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        case = data.draw(calls(world))
        with undone():
            answer = who.call(case)
            sound(answer, case)
            tells_nothing_of_europe(world, answer, level=level)
            left_all_as_it_was(answer, before)

    hold()
