"""People as they stand before a tier rises."""

import pytest

from tests.conftest import Cast
from tests.worlds.tiers import Visitor, visitor


@pytest.fixture
def ben(cast: Cast) -> Visitor:
    """Known in his browser before any tier rose."""
    return visitor(cast, "ben")


@pytest.fixture
def ana(cast: Cast) -> Visitor:
    return visitor(cast, "ana")
