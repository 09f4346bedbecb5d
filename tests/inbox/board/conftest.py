import pytest

from inbox.models import Channel
from tests.conftest import Cast
from tests.worlds.channels import channel


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)
