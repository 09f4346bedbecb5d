import pytest

from tests.attacks.attackers import ATTACKERS, Scene, scene
from tests.conftest import Cast


@pytest.fixture(params=ATTACKERS)
def attack(request: pytest.FixtureRequest, cast: Cast) -> Scene:
    return scene(cast, request.param)
