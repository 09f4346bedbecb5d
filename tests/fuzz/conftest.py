import pytest

from tests.conftest import Cast
from tests.fuzz.two_regions import TwoRegions, two_regions


@pytest.fixture
def world(cast: Cast) -> TwoRegions:
    return two_regions(cast)
