import pytest

from tests.conftest import Cast
from tests.security.behaviour.watched import begin_here


@pytest.fixture(autouse=True)
def _rules_begin_to_look(cast: Cast) -> None:
    begin_here()
