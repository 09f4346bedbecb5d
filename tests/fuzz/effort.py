"""How long the search goes on: a short one that is the same at every run, or ``make fuzz``'s long one, always new."""

import os
from collections.abc import Callable
from typing import Any, TypeVar
from zlib import crc32

from hypothesis import HealthCheck, seed, settings

Test = TypeVar("Test", bound=Callable[..., None])

# How many times longer than in `make test`; set by `make fuzz` and by nothing else.
TIMES = int(os.environ.get("KEFU_FUZZ_TIMES") or 0)
# Of the short search, on the second profile: what differs there is the database alone.
_SHARE = 3 if os.environ.get("KEFU_TEST_PROFILE") == "services" else 1
_UNHURRIED = (
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.filter_too_much,
)


def search(examples: int, *, variant: str = "") -> Callable[[Test], Test]:
    """``examples`` is the number of the short run. ``variant`` names the parameters of a test that is run several
    times: without it each would try the same examples. The long run keeps what it found in ``.hypothesis``."""
    long: dict[str, Any] = {"max_examples": examples * TIMES, "print_blob": True}
    short: dict[str, Any] = {"max_examples": -(-examples // _SHARE), "derandomize": True, "database": None}
    chosen = settings(deadline=None, suppress_health_check=_UNHURRIED, **(long if TIMES else short))

    def decorated(test: Test) -> Test:
        configured: Test = chosen(test)
        return configured if TIMES or not variant else seed(crc32(variant.encode()))(configured)

    return decorated
