"""Several calls in a row by different people, each with the ids that earlier answers told."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.asking import signed_in, undone
from tests.fuzz.effort import search
from tests.fuzz.operations import OPERATIONS, calls
from tests.fuzz.two_regions import LEVELS, TwoRegions
from tests.fuzz.verdicts import left_all_as_it_was, sound, state, tells_nothing_of_europe

_WRITES = sorted(label for label in OPERATIONS if not label.startswith("GET") and "/session" not in label)
_READS = sorted(label for label in OPERATIONS if label.startswith("GET"))


def ids_in(part: Any) -> Iterator[UUID]:
    if isinstance(part, list):
        for inner in part:
            yield from ids_in(inner)
    if isinstance(part, dict):
        if isinstance(part.get("id"), str):
            yield UUID(part["id"])
        for inner in part.values():
            yield from ids_in(inner)


def test_no_row_of_calls_leads_to_a_fault_or_across_the_border(world: TwoRegions):
    signed = {level: signed_in(world.people[level], "key") for level in LEVELS}

    @search(15)
    @given(data=st.data())
    def hold(data: st.DataObject) -> None:
        told: list[UUID] = []
        with undone():
            for _ in range(data.draw(st.integers(2, 8))):
                level = data.draw(st.sampled_from(LEVELS))
                who = signed[level]
                label = data.draw(st.sampled_from(_WRITES) | st.sampled_from(_READS))
                case = data.draw(calls(world, label))
                for name in case.path_parameters if told else ():
                    if data.draw(st.integers(0, 2)) == 0:
                        case.path_parameters[name] = str(data.draw(st.sampled_from(told)))
                before = state()
                answer = who.call(case)
                sound(answer, case)
                tells_nothing_of_europe(world, answer, level=level)
                left_all_as_it_was(answer, before)
                if answer.status_code < 400 and answer.headers.get("content-type", [""])[0].startswith(
                    "application/json"
                ):
                    told += ids_in(json.loads(answer.content))

    hold()
