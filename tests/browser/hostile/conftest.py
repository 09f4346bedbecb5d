"""A house of its own: what is planted here would be in the way of the other stories."""

from collections.abc import Iterator

import pytest

from tests.browser.hostile.shop import HostileShop, fill
from tests.house.house import House, running_house


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running_house(tmp_path_factory.mktemp("hostile")) as running:
        yield running


@pytest.fixture(scope="package")
def shop(house: House) -> HostileShop:
    return fill(house)
