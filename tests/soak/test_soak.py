"""A day of 80 messages a second with 1 % repeated, 1 % out of order and 0.5 % of the sends failing ambiguously."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.count import count_outgoing, settled, together
from tests.faults.desk import desk
from tests.faults.place import Place, place
from tests.house.furnish import Wishes
from tests.soak.both_sides import count_incoming
from tests.soak.crowd import Crowd
from tests.soak.day import MESSAGES_PER_SECOND, passing

PROFILE = os.environ.get("KEFU_TEST_PROFILE", "embedded")
# Answers are a quarter of the traffic, from browsers which each send one after another.
_ANSWERS_SHARE, _DESKS = 0.25, 8
_RULES = "doubled,missing_plus,untold_phone,after_window,read_by_machine,retry_storm,former_number"


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Place]:
    with place(tmp_path, PROFILE, wishes=Wishes(agents=1, customers=40), own=()) as made:
        yield made


def soak(standing: Place, *, seconds: float, rate: float) -> None:
    """`rate` messages a second, both directions together, while a day passes in `seconds`."""
    settled(standing)
    crowd, answers = Crowd(standing), rate * _ANSWERS_SHARE
    desks = [desk(standing) for _ in range(_DESKS)]
    with ExitStack() as stack:
        stack.enter_context(passing(standing, seconds=seconds, sends_per_second=answers))
        stack.enter_context(crowd.writing(rate=rate - answers))
        for one in desks:
            stack.enter_context(one.answering(every=_DESKS / answers))
        time.sleep(seconds)
    outcome = together(count_incoming(standing), *(count_outgoing(standing, one) for one in desks))
    found = {"profile": PROFILE, "seconds": seconds, "rate": rate, **vars(outcome)}
    print(json.dumps(found))
    if folder := os.environ.get("KEFU_SOAK_REPORT"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"{PROFILE}.json").write_text(json.dumps(found))
    assert (outcome.lost, outcome.doubled) == (0, 0), outcome
    assert outcome.incoming >= crowd.written > 0
    assert standing.sim("GET", f"lint?rules={_RULES}")["findings"] == []


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_a_day_in_some_seconds_loses_and_doubles_nothing(standing: Place) -> None:
    soak(standing, seconds=6, rate=20)


@pytest.mark.long
@pytest.mark.faults
@pytest.mark.timeout(3600)
def test_a_day_at_eighty_a_second_loses_and_doubles_nothing(standing: Place) -> None:
    soak(standing, seconds=60 * float(os.environ.get("KEFU_SOAK_MINUTES", "10")), rate=MESSAGES_PER_SECOND)
