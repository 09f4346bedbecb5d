import os

import pytest

from tests.attacks.attackers import ATTACKERS, Scene, scene
from tests.conftest import Cast

# Each way of hiding in its own words of SQL: by region, by mark and by a grant. The others ask the same statements for
# somebody else; the first profile tries them all.
_ON_SERVICES = ("agent of elsewhere", "finance", "helper with one of Asia's")


@pytest.fixture(params=_ON_SERVICES if os.environ.get("KEFU_TEST_PROFILE") == "services" else ATTACKERS)
def attack(request: pytest.FixtureRequest, cast: Cast) -> Scene:
    return scene(cast, request.param)
