"""Which test process runs what: a module each, but for those that start programs of their own.

Browsers and whole Kefus want a core each. Two of a kind at a time only wait for one another, until a test's time is up;
so each kind is one piece of work, and begun first, since it is the longest.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_HOSTILE = "tests/browser/hostile/"
_BROWSERS = ("tests/browser/", "tests/inbox/simulator/test_phone_")
_PROGRAMS = ("tests/config/test_damaged_data.py", "tests/config/test_serve.py", "tests/faults/", "tests/soak/")
_BEGUN_FIRST = ("browsers", "programs")
# More browsers, with a house of their own. Behind the others they would be what everything waits for in the end, beside
# them from the beginning both would be too slow.
_BEGUN_HALF_WAY = ("hostile",)


class Scheduling(LoadScopeScheduling):
    _in_order = False

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_HOSTILE):
            return "hostile"
        if nodeid.startswith(_BROWSERS):
            return "browsers"
        return "programs" if nodeid.startswith(_PROGRAMS) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        if not self._in_order:
            for scope in in_order(list(self.workqueue)):
                self.workqueue.move_to_end(scope)
            self._in_order = True
        super()._assign_work_unit(node)


def in_order(scopes: list[str]) -> list[str]:
    others = [scope for scope in scopes if scope not in (*_BEGUN_FIRST, *_BEGUN_HALF_WAY)]
    half = len(others) // 2
    wished = (*_BEGUN_FIRST, *others[:half], *_BEGUN_HALF_WAY, *others[half:])
    return [scope for scope in wished if scope in scopes]


@pytest.hookimpl(optionalhook=True)  # there may be no xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return Scheduling(config, log)
