"""One place per test process for what only kills or floods, and places with a line of their own where it is cut."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.count import Outcome
from tests.faults.place import Place, place
from tests.faults.report import Line, note

PROFILE = os.environ.get("KEFU_TEST_PROFILE", "embedded")
_KEPT = ("doubled", "missing_plus", "untold_phone", "after_window", "read_by_machine", "deprecated")
Report = Callable[[str, str, Outcome], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.faults)
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A running Kefu; whoever breaks a part puts it back."""
    with place(tmp_path_factory.mktemp("place"), PROFILE, own=("redis", "line")) as made:
        yield made
        # Whatever was broken meanwhile, nothing went out twice or as the platform would not have it.
        assert made.sim("GET", f"lint?rules={','.join(_KEPT)}")["findings"] == []


@pytest.fixture
def report() -> Report:
    """``report(fault, how it heals, outcome)``: into the table. This is the assertion of every fault: something
    went through, and nothing was lost or doubled."""

    def say(fault: str, heals: str, outcome: Outcome) -> None:
        note(Line(fault, PROFILE, outcome, heals))
        assert outcome.incoming or outcome.outgoing, "nothing went through while it happened"
        assert (outcome.lost, outcome.doubled) == (0, 0), outcome

    return say


services_only = pytest.mark.skipif(PROFILE != "services", reason="there is no such part on the embedded default")
embedded_only = pytest.mark.skipif(PROFILE != "embedded", reason="SQLite only")
long = pytest.mark.long
